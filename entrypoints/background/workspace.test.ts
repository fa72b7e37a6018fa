import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import type { ConnectionNote } from '#lib/platform/connection-note.ts';
import { readConnection } from '#lib/store/device-database.ts';
import type { Connection } from '#lib/store/types.ts';
import { forgetConnection, writeConnection } from '#lib/store/write-connection.ts';
import { createCurrentWorkspace } from './workspace.ts';

const note: ConnectionNote = { write: () => Promise.resolve(), read: () => Promise.resolve(null) };
const connectionOf = (account: string): Connection => ({
  server: 'https://server.test',
  token: `token of ${account}`,
  email: `${account}@example.com`,
  user_id: account,
  org_id: 'org',
  org_name: 'Org',
  store_key: `workspace-${account}`,
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await forgetConnection('keep');
});

it('has nobody open a workspace while it is exchanged', async () => {
  await writeConnection(connectionOf('ann'));
  const current = createCurrentWorkspace(() => undefined, note);
  const ann = await current.get();
  let exchange = (): void => undefined;
  const exchanged = current.reset(async () => {
    await new Promise<void>((resolve) => {
      exchange = resolve;
    });
    await writeConnection(connectionOf('bert'));
  });
  const opened = vi.fn();
  const next = current.get().finally(opened);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(opened).not.toHaveBeenCalled();
  expect(ann?.writer.own.isOpen()).toBe(false);
  exchange();
  await exchanged;
  expect((await next)?.connection.email).toBe('bert@example.com');
  await current.reset();
});

it('goes on after an exchange that failed', async () => {
  await writeConnection(connectionOf('ann'));
  const current = createCurrentWorkspace(() => undefined, note);
  await expect(current.reset(() => Promise.reject(new TypeError('no')))).rejects.toThrow('no');
  expect((await current.get())?.connection.email).toBe('ann@example.com');
  await current.reset();
});

it.each([
  ['forgets a token that the server refuses', 'ann', null],
  ['keeps the token of who signed in meanwhile', 'bert', 'token of bert'],
])('%s', async (_what, connected, token) => {
  await writeConnection(connectionOf('ann'));
  const current = createCurrentWorkspace(() => undefined, note);
  const ann = await current.get();
  const refusal = { error: { code: 'unauthorized', message: 'Signed out.', details: {} } };
  vi.stubGlobal('fetch', async () => {
    await writeConnection(connectionOf(connected));
    return new Response(JSON.stringify(refusal), { status: 401, headers: { 'content-type': 'application/json' } });
  });
  await ann?.loop.request(true);
  expect((await readConnection())?.token).toBe(token);
  expect((await current.get())?.connection.token).toBe(connected === 'ann' ? null : 'token of ann');
  await current.reset();
});
