import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { createSyncLoop } from '#lib/sync/sync-loop.ts';
import { countWaiting } from '#lib/sync/status.ts';
import { createMemoryServer } from '#tests/helpers/memory-server.ts';
import { sellerId, wireSeller } from '#tests/helpers/sample-sellers.ts';
import { restoreRelease, type StoreRelease } from '#tests/helpers/store-release.ts';
import { readConnection, readSyncMinutes } from './device-database.ts';
import { readMeta } from './own-database.ts';
import { readTableOf } from './read-table.ts';
import type { OutboxEntry } from './types.ts';
import { openWriter } from './writer.ts';

const FOLDER = 'tests/fixtures/store-releases';

/** What `scripts/keep-store-release.ts` left in the outbox, in order. */
const left = ['create acknowledged', 'flag acknowledged', 'create sending', 'create waiting', 'delete waiting'];

describe.each(readdirSync(FOLDER))('what release %s left in a browser', (file) => {
  it('is opened with nothing missing, and sent', async () => {
    for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
    const release = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as StoreRelease;
    await restoreRelease(release);
    const before = release.databases
      .flatMap(({ stores }) => stores)
      .find(({ name }) => name === 'outbox')
      ?.records.map(({ value }) => value as OutboxEntry);

    const connection = await readConnection();
    expect(connection).toMatchObject({ email: 'member@example.com', token: 'token-of-the-release', org_name: 'Team' });
    expect(await readSyncMinutes()).toBe(5);
    const writer = await openWriter(connection?.store_key ?? '');
    expect(writer.isNew).toBe(false);
    const entries = await writer.own.outbox.orderBy('seq').toArray();
    expect(entries.map(({ op, state }) => `${op} ${state}`)).toEqual(left);
    expect(entries).toEqual(before?.map((entry) => ({ ...entry, size: 1 })));
    expect(await countWaiting(writer.own)).toBe(3);
    expect(await writer.own.attention.toArray()).toMatchObject([{ op: 'update', error: { code: 'invalid_data' } }]);
    expect(await writer.own.aliases.count()).toBe(1);
    expect(await readMeta(writer.own, 'client_id')).toBe('30000000-0000-4000-8000-000000000001');

    // Its base is read on, not pulled anew.
    expect(writer.base.generation).toBe(1);
    const rows = await readTableOf(writer.base, 'sellers');
    expect(rows.filter(({ note }) => note === 'changed later')).toHaveLength(3);
    expect(rows.length).toBeGreaterThanOrEqual(40);

    const server = createMemoryServer();
    for (let no = 0; no < 40; no++) server.add(wireSeller(no, 0));
    server.newEpoch();
    await createSyncLoop({
      api: server.api,
      writer,
      now: Date.now,
      random: () => 0.5,
      newId: () => crypto.randomUUID(),
      sleep: () => Promise.resolve(),
      isOnline: () => false,
      withLock: (_name, work) => work(),
      keepAlive: () => () => undefined,
      signedOut: () => Promise.resolve(),
    }).request(true);
    expect(await writer.own.outbox.count()).toBe(0);
    expect(await writer.own.attention.count()).toBe(1);
    // What that release had confirmed went to the server that it was confirmed by; this one is another.
    expect([...server.effects.values()].every((times) => times === 1)).toBe(true);
    expect(server.rows.get(sellerId(7))?.deleted_at).not.toBeNull();
    const names = [...server.rows.values()].map(({ display_name }) => display_name);
    expect(names.filter((name) => ['Confirmed', 'On its way', 'Waiting'].includes(name))).toHaveLength(3);
    writer.close();
  });
});
