import type { Locator } from '@playwright/test';

/** Pastes a text, as a person does: typed by the automation, a text of thousands of lines takes the browser many seconds. */
export async function paste(into: Locator, text: string): Promise<void> {
  const page = into.page();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((all) => navigator.clipboard.writeText(all), text);
  await into.press('ControlOrMeta+v');
}
