import { countPages, managerTabs, openManagerAt } from '#lib/platform/extension-pages.ts';
import { ownVersion, restartExtension } from '#lib/platform/extension-update.ts';
import { readDeviceValue } from '#lib/store/device-database.ts';
import { takeDeviceValue, writeDeviceValue } from '#lib/store/write-device-value.ts';

/*
 * A newer version waits until no page of ours is open, or until a person asks for it. Nothing has to be
 * brought to an end first: every step of the background is one transaction, and may be cut off anywhere.
 */

export async function noteUpdate(version: string): Promise<void> {
  await writeDeviceValue('update_ready', version);
  await updateWhenUnused();
}

/** Restarts into a version that waits once its pages are closed; no browser tells when, so every event looks. */
export async function updateWhenUnused(): Promise<void> {
  if ((await readDeviceValue('update_ready')) === undefined || (await countPages()) > 0) return;
  await writeDeviceValue('update_ready', undefined);
  restartExtension();
}

/** Restarts at once; the manager tabs, which the browser closes, come back at their addresses. */
export async function updateNow(): Promise<void> {
  await writeDeviceValue('reopen', await managerTabs());
  restartExtension();
}

/** At every start of the worker, which may be the one after a restart. */
export async function resumeAfterUpdate(): Promise<void> {
  const closed = await takeDeviceValue('reopen');
  const waiting = await readDeviceValue('update_ready');
  const open = new Set((await managerTabs()).map(({ context }) => context));
  const missing = closed?.filter(({ context }) => !open.has(context)) ?? [];
  const wasRestarted = closed?.length === 0 ? (await countPages()) === 0 : missing.length > 0;
  // Otherwise the worker alone was killed before it could restart the rest.
  if (wasRestarted) {
    await writeDeviceValue('update_ready', undefined);
    for (const { address } of missing) await openManagerAt(address);
  } else if (waiting === ownVersion()) await writeDeviceValue('update_ready', undefined);
  else await updateWhenUnused();
}
