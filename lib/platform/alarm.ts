import { browser } from 'wxt/browser';

/** Has `name` fire every `minutes` (at least half a minute); an alarm that already does is left as it is. */
export async function keepAlarm(name: string, minutes: number): Promise<void> {
  const alarm = await browser.alarms.get(name);
  if (alarm?.periodInMinutes !== minutes) await browser.alarms.create(name, { periodInMinutes: minutes });
}

export async function dropAlarm(name: string): Promise<void> {
  await browser.alarms.clear(name);
}

/** To be called synchronously at the worker's start, or the alarm that woke it is missed. */
export function onAlarm(name: string, listener: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) listener();
  });
}
