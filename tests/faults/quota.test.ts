import { spawnSync } from 'node:child_process';
import { mkdirSync, openSync, rmSync, statfsSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { expectClientIsServer } from '#tests/helpers/client-is-server.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { drain } from '#tests/helpers/drain.ts';
import type { EditBook } from '#tests/helpers/edit-book.ts';
import { createEditBook, editKinds } from '#tests/helpers/edit-book.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const DISK_MB = 300;
/** `unlimitedStorage` leaves no quota to lower, so the disk itself is filled: one of its own, in memory. */
const disk = temporaryFolder('disk');
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk]).status === 0;

describe.skipIf(!mounted)('a full disk (skipped where no file system may be mounted)', () => {
  let server: TestServer;
  let proxy: FaultProxy;
  let remote: Api;
  let book: EditBook;
  let browser: Awaited<ReturnType<typeof startExtension>>;
  let manager: Page;

  beforeAll(async () => {
    server = await startServer({ args: ['--no-worker'], sellers: 2_000 });
    proxy = await startFaultProxy(server.url);
    remote = await api(server);
    book = createEditBook((await remote.pullAll('sellers')).values(), 'edit');
    mkdirSync(join(disk, 'browser'));
    browser = await startExtension({ profileDir: join(disk, 'browser') });
    await connectByMessage(browser, { ...server, url: proxy.url });
    manager = await browser.openManager('#/sellers');
    await drain(manager);
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.stop();
    spawnSync('umount', ['-l', disk]);
  });

  it('refuses an edit in words, keeps those made before, and takes it when there is room', async () => {
    proxy.decide = ({ path }) => (path === '/sync/push' ? { kind: 'refuse' } : { kind: 'pass' });
    for (const kind of editKinds) expect((await book.make(manager, kind)).answered).toBe(true);
    fill();
    expect(await book.make(manager, 'flag')).toMatchObject({ answered: false, error: 'storage_full' });
    await manager.getByRole('status', { name: 'Sync' }).filter({ hasText: 'The disk is full' }).waitFor();
    makeRoom();
    expect((await book.make(manager, 'rename')).answered).toBe(true);
    const { outbox } = await ownEntries(manager);
    const kept = new Set(outbox.map(({ id }) => id));
    expect(book.edits.filter(({ id, answered }) => answered && !kept.has(id))).toEqual([]);
    proxy.decide = () => ({ kind: 'pass' });
    await drain(manager);
    await book.expectEachOnce(remote);
    await expectClientIsServer(manager, remote);
  });

  it('pulls nothing while there is little room, says so, still takes edits, and goes on when there is room', async () => {
    const ids = [...(await remote.pullAll('sellers')).keys()];
    await remote.push([{ table: 'sellers', op: 'flag', record_ids: ids.slice(0, 2_000), data: { flagged: true } }]);
    fill(LITTLE_ROOM);
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await manager.getByRole('status', { name: 'Sync' }).filter({ hasText: 'The disk is nearly full' }).waitFor();
    expect((await book.make(manager, 'rename')).answered).toBe(true);
    makeRoom();
    await drain(manager);
    await book.expectEachOnce(remote);
    await expectClientIsServer(manager, remote);
  });
});

/** Bytes that are left: less than a pull asks for, enough for edits. */
const LITTLE_ROOM = 16 << 20;
const FILLER = join(disk, 'filler');

function fill(leave = 0): void {
  const file = openSync(FILLER, 'a');
  try {
    for (let size = 1 << 20; size > 0; size >>= 1) {
      while (free() >= size + leave) writeSync(file, Buffer.alloc(size));
    }
  } catch {
    // The browser took the last bytes.
  }
  closeSync(file);
}

function makeRoom(): void {
  rmSync(FILLER);
}

function free(): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}
