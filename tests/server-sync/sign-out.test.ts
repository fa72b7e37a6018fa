import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readConnection } from '#lib/store/device-database.ts';
import { OwnDatabase, readMeta } from '#lib/store/own-database.ts';
import { connected } from '#entrypoints/background/edit-handlers.ts';
import { addTestMember, type Member, useServer as serverOfFile } from '#tests/server/server-under-test.ts';
import { type BrowserUnderTest, openBrowser } from './browser-under-test.ts';

const holder = serverOfFile('pglite');
let browser: BrowserUnderTest;
let anna: Member;
let bert: Member;

beforeEach(async () => {
  anna = await addTestMember(holder.current);
  bert = await addTestMember(holder.current);
  browser = openBrowser(holder.current);
  await browser.connect(anna);
});
afterEach(async () => {
  await browser.handlers['connection.disconnect']({ unsent: 'discard' });
  await browser.close();
  // Anna's, kept by tests that end in another account.
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

const leave = (unsent: 'send' | 'keep' | 'discard') => browser.handlers['connection.disconnect']({ unsent });
const storeKey = async (): Promise<string> => (await readConnection())?.store_key ?? 'none';
const stores = async (kind: string): Promise<string[]> =>
  (await Dexie.getDatabaseNames()).filter((name) => name.startsWith(`sellerdex-${kind}-`));

async function outboxOf(key: string): Promise<string[]> {
  const own = new OwnDatabase(key);
  const entries = await own.outbox.toArray();
  own.close();
  return entries.map(({ id }) => id);
}

async function namesAt({ get }: Member): Promise<string[]> {
  const { body } = await get('/sellers');
  return (body as { items: { display_name: string }[] }).items.map(({ display_name }) => display_name).toSorted();
}

/** Every mutation went out with the tokens of one account only, and took effect once. */
async function expectSentBy(member: Member, ids: readonly string[], others: readonly Member[]): Promise<void> {
  const tokens = new Set(browser.sent.filter(({ id }) => ids.includes(id)).map(({ token }) => token));
  const owners = await Promise.all([...tokens].map(ownerOf));
  // A session that was ended since says nobody's.
  expect(owners.filter((email) => email !== null && email !== member.email)).toEqual([]);
  for (const other of others) expect(await namesAt(other)).toEqual([]);
}

async function ownerOf(token: string): Promise<string | null> {
  const answer = await holder.current.app.request('/me', { headers: { authorization: `Bearer ${token}` } });
  return answer.ok ? ((await answer.json()) as { user: { email: string } }).user.email : null;
}

it('sends first, then leaves nothing behind', async () => {
  await browser.add('One');
  await leave('send');
  expect(await readConnection()).toBeUndefined();
  expect(await namesAt(anna)).toEqual(['One']);
  expect(await stores('own')).toEqual([]);
  expect(await stores('base')).toEqual([]);
});

it('stays connected when not everything could be sent', async () => {
  const id = await browser.add('One');
  const key = await storeKey();
  browser.reachable = false;
  await expect(leave('send')).rejects.toMatchObject({ code: 'still_unsent' });
  expect(await storeKey()).toBe(key);
  expect(await outboxOf(key)).toEqual([id]);
  browser.reachable = true;
  await browser.sync();
  expect(await namesAt(anna)).toEqual(['One']);
});

it('stays connected for an edit that was made after the last one was sent', async () => {
  await browser.add('One');
  let late = '';
  browser.afterSync = async () => {
    late = await browser.add('Late');
    browser.afterSync = () => Promise.resolve();
  };
  const key = await storeKey();
  await expect(leave('send')).rejects.toMatchObject({ code: 'still_unsent' });
  expect(await outboxOf(key)).toContain(late);
  await leave('send');
  expect(await namesAt(anna)).toEqual(['Late', 'One']);
});

it.each(['send', 'keep'] as const)('loses no edit that comes while the browser leaves with "%s"', async (unsent) => {
  const key = await storeKey();
  const saved: string[] = [];
  let going = true;
  const editing = (async () => {
    for (let at = 0; going && at < 60; at++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      const id = await browser.add(`Edit ${at}`).catch(() => null);
      if (id !== null) saved.push(id);
    }
  })();
  while (saved.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
  await leave(unsent).catch(() => undefined);
  going = false;
  await editing;
  const sent = new Set([...browser.sent.map(({ id }) => id), ...(await outboxOf(key))]);
  expect(saved.filter((id) => !sent.has(id))).toEqual([]);
  await browser.connect(anna);
  await browser.sync();
  expect(await namesAt(anna)).toHaveLength(saved.length);
});

it('saves every edit that comes while the same account signs in again', async () => {
  const key = await storeKey();
  let going = true;
  const editing = (async () => {
    const ids: string[] = [];
    for (; going; await new Promise((resolve) => setTimeout(resolve, 25)))
      ids.push(await browser.add(`Edit ${ids.length}`, key));
    return ids;
  })();
  for (let times = 0; times < 3; times++) await browser.signIn(anna);
  going = false;
  const saved = await editing;
  await browser.sync();
  expect(await outboxOf(key)).toEqual([]);
  const sent = new Set(browser.sent.map(({ id }) => id));
  expect(saved.filter((id) => !sent.has(id))).toEqual([]);
  expect(saved.length).toBeGreaterThan(10);
});

it('keeps what is unsent for its account, whoever signs in meanwhile', async () => {
  browser.reachable = false;
  const id = await browser.add('Of Anna');
  const key = await storeKey();
  await leave('keep');
  browser.reachable = true;
  await browser.connect(bert);
  await browser.sync();
  expect(browser.sent).toEqual([]);
  expect(await outboxOf(key)).toEqual([id]);
  await leave('keep');
  await browser.connect(anna);
  expect(await namesAt(anna)).toEqual(['Of Anna']);
  await expectSentBy(anna, [id], [bert]);
  // What was deleted on purpose is not taken for damage.
  const { writer } = await connected(browser.current);
  expect(writer.base.generation).toBe(1);
  expect((await readMeta(writer.own, 'notice')) ?? null).toBeNull();
});

it.each(['at the next start', 'at the next connection'])(
  'finishes %s a discarding that the worker did not live to end, and sends nothing of it',
  async (when) => {
    browser.reachable = false;
    await browser.add('Discarded');
    const death = vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(() => {
      throw new Error('the worker died');
    });
    await expect(leave('discard')).rejects.toThrow('the worker died');
    death.mockRestore();
    expect(await readConnection()).toBeUndefined();
    expect(await stores('own')).toHaveLength(1);
    browser.reachable = true;
    if (when === 'at the next start') {
      await browser.close();
      expect(await browser.current.get()).toBeNull();
      expect(await stores('own')).toEqual([]);
      expect(await stores('base')).toEqual([]);
    }
    await browser.connect(anna);
    expect(browser.sent).toEqual([]);
    expect(await namesAt(anna)).toEqual([]);
    // Done once: what is added from now on is none of it.
    await browser.add('Added');
    await browser.close();
    await browser.sync();
    expect(await namesAt(anna)).toEqual(['Added']);
  },
);

it('keeps what is unsent when another account signs in over a revoked one', async () => {
  const id = await browser.add('Of Anna');
  const key = await storeKey();
  const token = (await readConnection())?.token ?? '';
  const ended = await holder.current.app.request('/api/auth/sign-out', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(ended.ok).toBe(true);
  await browser.sync();
  expect((await readConnection())?.token).toBeNull();
  expect(await outboxOf(key)).toEqual([id]);
  await browser.connect(bert);
  await browser.sync();
  expect(await outboxOf(key)).toEqual([id]);
  expect(await stores('base')).toEqual([expect.stringContaining(await storeKey())]);
  await browser.connect(anna);
  expect(await namesAt(anna)).toEqual(['Of Anna']);
  await expectSentBy(anna, [id], [bert]);
});

it.each(['before', 'after'] as const)(
  'a push under way when another account signs in (server asked: %s) touches nothing of the new one',
  async (when) => {
    let release = (): void => undefined;
    let reached = (): void => undefined;
    const atServer = new Promise<void>((resolve) => {
      reached = resolve;
    });
    browser.gate[when] = () => {
      reached();
      return new Promise((resolve) => {
        release = resolve;
      });
    };
    const ids = [await browser.add('One'), await browser.add('Two')];
    const old = browser.sync().catch(() => undefined);
    await atServer;
    browser.gate[when] = () => Promise.resolve();
    const key = await storeKey();
    await browser.connect(bert);
    const ofBert = await browser.add('Of Bert');
    release();
    await old;
    await browser.sync();
    expect(await namesAt(bert)).toEqual(['Of Bert']);
    expect(await outboxOf(key)).toEqual(ids);
    await leave('send');
    await browser.connect(anna);
    expect(await namesAt(anna)).toEqual(['One', 'Two']);
    expect(await outboxOf(key)).toEqual([]);
    await expectSentBy(anna, ids, []);
    await expectSentBy(bert, [ofBert], []);
  },
);

it('takes no edit of a page that still shows the workspace before', async () => {
  const key = await storeKey();
  await browser.connect(bert);
  await expect(browser.add('Of Anna', key)).rejects.toMatchObject({ code: 'signed_out' });
  await browser.add('Of Bert', await storeKey());
  await browser.sync();
  expect(await namesAt(bert)).toEqual(['Of Bert']);
});
