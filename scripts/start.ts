import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { buildExtension } from './build-extension.ts';
import { connectExtension } from './connect-extension.ts';
import { keepAccount, readKeptAccount } from './kept-account.ts';
import { launchExtension } from './launch-extension.ts';
import { spawnServer } from './spawn-server.ts';

const { values } = parseArgs({
  options: { headless: { type: 'boolean', default: false }, data: { type: 'string', default: '.data' } },
});
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('interrupted'));
});
const say = (text: string) => process.stderr.write(`${text}\n`);

const accountFile = join(values.data, 'owner.json');
const account = readKeptAccount(accountFile);
// Kept before the server knows it: a start that is cut off must not leave an owner whose password is lost.
keepAccount(accountFile, account);

say('Building the extension …');
const extension = await buildExtension({ browser: 'chrome' });
say('Starting the server …');
const server = await spawnServer({
  data: join(values.data, 'server'),
  port: (await isFree(account.port)) ? account.port : 0,
  env: { DATABASE_URL: '', SELLERDEX_OWNER_EMAIL: account.email, SELLERDEX_OWNER_PASSWORD: account.password },
  log: (text) => process.stderr.write(text),
});
const isSameAddress = Number(new URL(server.url).port) === account.port;
keepAccount(accountFile, { ...account, port: Number(new URL(server.url).port) });

say('Opening the browser …');
const browser = await launchExtension({
  profileDir: join(values.data, 'browser'),
  extension,
  headless: values.headless || !hasDisplay,
  handleSignals: false,
});
const manager = await browser.openManager();
await connectOnce(manager);
await manager.goto(`chrome-extension://${browser.extensionId}/options.html#/sellers`);
const { email, password } = account;
const ready = { server: server.url, manager: manager.url().replace(/#.*$/, ''), email, password };
process.stdout.write(`ready ${JSON.stringify(ready)}\n`);

const end = await Promise.race([interrupted, server.exited]);
if (end !== 'interrupted') say(`The server ended with ${end}.`);
await browser.close();
const code = await server.stop();
process.exit(end === 'interrupted' ? (code ?? 0) : 1);

/** Connects through Settings, unless the profile is connected to this very address from an earlier start. */
async function connectOnce(page: Page): Promise<void> {
  await page.goto(`chrome-extension://${browser.extensionId}/options.html#/settings`);
  const button = page.getByRole('button', { name: /^(Connect|Disconnect)$/ });
  await button.waitFor();
  if ((await button.textContent())?.trim() === 'Disconnect') {
    if (isSameAddress) return;
    await button.click();
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
  }
  await connectExtension(page, { url: server.url, ...account });
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
