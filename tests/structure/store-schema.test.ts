import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { BaseDatabase } from '#lib/store/base-database.ts';
import { DeviceDatabase } from '#lib/store/device-database.ts';
import { OwnDatabase } from '#lib/store/own-database.ts';
import { dumpRelease, type StoreRelease } from '#tests/helpers/store-release.ts';

/** Hash of the stores, keys, indexes and versions of the extension's databases, by release. */
const pinned: Record<string, string> = {
  '0.1.0': 'ef6e3214fd973d52',
  '0.2.0': 'ebdf3bd73153896b',
};

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));
const fixtureOf = (release: string): string => `tests/fixtures/store-releases/${release}.json`;

function schemaOf({ databases }: StoreRelease): string {
  const schema = databases.map(({ name, version: number, stores }) => ({
    name: name.replace(/[0-9a-f]{20}-?/, ''),
    version: number,
    stores: stores.map(({ records: _records, ...store }) => store),
  }));
  return createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 16);
}

test('the databases are those of this release', async () => {
  const key = '0123456789abcdef0123';
  for (const database of [new OwnDatabase(key), new BaseDatabase(key, 1), new DeviceDatabase()]) {
    await database.open();
    database.close();
  }
  expect(
    schemaOf(await dumpRelease()),
    `The extension's databases changed. If ${version} is released: first keep what it leaves in a browser
     (node scripts/keep-store-release.ts at its commit), raise the version in package.json and add its line here.
     If it is not, replace the hash of its line. Either way a new Dexie version() is needed, never a changed one.`,
  ).toBe(pinned[version]);
});

test('what every earlier release left in a browser is kept as a fixture', () => {
  const earlier = Object.keys(pinned).filter((release) => release !== version);
  expect(earlier.length).toBeGreaterThan(0);
  for (const release of earlier) {
    expect(existsSync(fixtureOf(release)), `${fixtureOf(release)} is missing: node scripts/keep-store-release.ts`).toBe(
      true,
    );
    const kept = JSON.parse(readFileSync(fixtureOf(release), 'utf8')) as StoreRelease;
    expect(schemaOf(kept), release).toBe(pinned[release]);
  }
});
