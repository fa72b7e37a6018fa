import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { openChangeSignal } from '#lib/store/change-signal.ts';
import { OwnDatabase, writeMeta } from '#lib/store/own-database.ts';
import { NO_SYNC } from '#lib/sync/status-writer.ts';
import { openWorkspace } from './open-workspace.ts';

afterEach(() => vi.unstubAllGlobals());

it('does not show what was before, when reading that took longer', async () => {
  const estimates: (() => void)[] = [];
  const estimate = () => new Promise((resolve) => estimates.push(() => resolve({ quota: 1e9, usage: 0 })));
  vi.stubGlobal('navigator', { storage: { estimate } });
  const key = 'shown-status';
  const own = new OwnDatabase(key);
  await writeMeta(own, 'sync', { ...NO_SYNC, syncing_until: Date.now() + 20_000 });
  const connection = { server: 'http://localhost', token: 't', org_id: 'o', store_key: key };
  const open = openWorkspace(connection as Parameters<typeof openWorkspace>[0]);
  const shown: string[] = [];
  const stop = open.followStatus(({ state }) => void shown.push(state));
  const looks = (count: number) => vi.waitFor(() => expect(estimates).toHaveLength(count));
  await looks(1);
  // It has read that a sync goes on, and waits for the size of the disk.
  await vi.waitFor(async () => expect(await own.meta.count()).toBeGreaterThan(0));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await writeMeta(own, 'sync', { ...NO_SYNC, error: { code: 'timeout', message: 'silent' } });
  const signal = openChangeSignal(key);
  signal.send({ outbox: true });
  await looks(2);
  estimates[1]?.();
  await vi.waitFor(() => expect(shown).toEqual(['offline']));
  estimates[0]?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(shown).toEqual(['offline']);
  stop();
  signal.close();
  open.close();
  own.close();
});
