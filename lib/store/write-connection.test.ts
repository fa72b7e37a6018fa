import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { readConnection } from './device-database.ts';
import type { Connection } from './types.ts';
import { forgetConnection, forgetToken, writeConnection } from './write-connection.ts';

function connectionOf(account: string, token: string): Connection {
  return {
    server: 'https://example.com',
    token,
    email: `${account}@example.com`,
    user_id: account,
    org_id: 'org',
    org_name: 'Org',
    store_key: account,
  };
}
const old = connectionOf('ann', 'first');

it('forgets a refused token', async () => {
  await writeConnection(old);
  expect(await forgetToken(old)).toBe(true);
  expect(await readConnection()).toEqual({ ...old, token: null });
});

it('does not bring back a connection that was ended before the refusal came', async () => {
  await writeConnection(old);
  await forgetConnection('keep');
  expect(await forgetToken(old)).toBe(false);
  expect(await readConnection()).toBeUndefined();
});

it.each([connectionOf('bob', 'other'), connectionOf('ann', 'second'), connectionOf('bob', 'first')])(
  'leaves what was connected before the refusal came: $user_id with $token',
  async (next) => {
    await writeConnection(old);
    await writeConnection(next);
    expect(await forgetToken(old)).toBe(false);
    expect(await readConnection()).toEqual(next);
  },
);
