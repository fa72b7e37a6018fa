import { expect, it } from 'vitest';
import { buildXlsx } from '#tests/fixtures/build-xlsx.ts';
import { connect } from '#tests/helpers/connect.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer } from '#tests/helpers/start-server.ts';

it('takes a list of products from an Excel workbook, and says what is wrong with another file', async () => {
  const server = await startServer();
  const browser = await startExtension();
  const manager = await browser.openManager();
  await connect(manager, server);
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
  await manager.getByRole('button', { name: 'Collect sellers' }).first().click();
  const dialog = manager.getByRole('dialog', { name: 'Collect sellers' });
  await dialog.getByRole('tab', { name: 'My list' }).click();
  const choose = (name: string, buffer: Buffer) =>
    dialog.getByLabel('Product list file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

  const rows = Array.from({ length: 10_000 }, (_, at) => [`Wireless thing ${at}, black`, 9.99 + at]);
  await choose('best sellers.xlsx', buildXlsx([['Product name', 'Price'], ...rows]));
  await dialog.getByText('10,000 products').first().waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Products' }).inputValue()).toContain(
    '"Wireless thing 9999, black",10008.99',
  );

  await choose('more.xlsx', buildXlsx([['Product name', 'Price'], ...rows, ['One more', 5]]));
  await dialog.getByText('A run takes 10,000 products at most.').waitFor();
  const start = dialog.getByRole('button', { name: 'Start' });
  expect(await start.getAttribute('aria-disabled')).toBe('true');

  await choose('old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
  await dialog.getByText(/^old\.xls: The workbook is in the format of before 2007/).waitFor();

  await choose('two.xlsx', buildXlsx([['title'], ['Kettle'], ['Ear buds']], { texts: 'inline' }));
  await dialog.getByText('2 products', { exact: true }).first().waitFor();
  expect(await dialog.getByText('old.xls').count()).toBe(0);
  await browser.close();
  await server.stop();
});
