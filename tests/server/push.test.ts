import { describe, expect, test } from 'vitest';
import { pushAnswer } from '#lib/protocol/push.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { sellers as sellersTable } from '#lib/tables/sellers.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';
import { addTestMember, engines, useServer } from './server-under-test.ts';
import type { Member } from './server-under-test.ts';
import { addSellers, clientId, mutation, pullPage, push, pushOne } from './sync-client.ts';

const MINUTE = 60_000;
const uuid = () => crypto.randomUUID();
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

async function sellersOf(member: Member): Promise<WireSeller[]> {
  const page = await pullPage(member, 'sellers', { limit: 10_000 });
  return page.items.map((row) => rowSchema(sellersTable).parse(row));
}

async function sellerOf(member: Member, id: string): Promise<WireSeller | undefined> {
  return (await sellersOf(member)).find((row) => row.id === id);
}

describe.each(engines)('push on %s', (engine) => {
  const server = useServer(engine);
  const newMember = () => addTestMember(server.current);

  describe('the envelope', () => {
    test.each([
      ['no client id', { client_id: undefined }],
      ['a client id that is no UUID', { client_id: 'me' }],
      ['no time of sending', { sent_at: 'yesterday' }],
      ['mutations that are no list', { mutations: {} }],
      ['a mutation without an id', { mutations: [{ op: 'flag' }] }],
      ['a field that is not known', { extra: 1 }],
      ['more than 1,000 mutations', { mutations: Array.from({ length: 1001 }, () => mutation({ op: 'flag' })) }],
      [
        'more than 10,000 record ids',
        { mutations: [0, 1].map(() => mutation({ op: 'flag', record_ids: Array.from({ length: 5001 }, uuid) })) },
      ],
    ])('%s is a 400 that names the path', async (_what, part) => {
      const member = await newMember();
      const answer = await member.send('POST', '/sync/push', {
        client_id: clientId,
        sent_at: ago(0),
        mutations: [],
        ...part,
      });
      expect(answer.status).toBe(400);
      expect(answer.error?.code).toBe('invalid_request');
      const path = expect.stringMatching(/^(client_id|sent_at|mutations|extra)/);
      expect(answer.error?.details['problems']).toEqual([expect.objectContaining({ path })]);
    });

    test('an empty batch is fine, and the answer has the declared shape', async () => {
      const member = await newMember();
      const answer = await member.send('POST', '/sync/push', { client_id: clientId, sent_at: ago(0), mutations: [] });
      expect(answer.status).toBe(200);
      expect(pushAnswer.parse(answer.body).results).toEqual([]);
    });

    test('what is no JSON is a 400, what is over 16 MiB a 413', async () => {
      const member = await newMember();
      expect((await member.send('POST', '/sync/push', '{"client_id":')).status).toBe(400);
      const large = await member.send('POST', '/sync/push', 'x'.repeat(16 * 1024 * 1024 + 1));
      expect([large.status, large.error?.code]).toEqual([413, 'too_large']);
    });
  });

  test('whatever is wrong inside one mutation is its own rejection, and the others go on', async () => {
    const member = await newMember();
    const id = uuid();
    const name = { display_name: 'good' };
    const results = await push(member, [
      { op: 'create', record_ids: [id], data: name },
      { op: 'create', table: 'nothing', record_ids: [uuid()], data: name },
      { op: 'toggle', record_ids: [id] },
      { op: 'update', record_ids: [id], data: { colour: 'red' } },
      { op: 'flag', record_ids: [id], data: { flagged: 'yes' } },
      { op: 'update', record_ids: [id], data: { feedback_count: 3_000_000_000 } },
      { op: 'update', record_ids: [id], data: { note: 'a\u0000b' } },
      { op: 'update', record_ids: [id], data: { note: 'half \ud800' } },
      { op: 'flag', record_ids: ['not-an-id'], data: { flagged: true } },
      { op: 'flag', record_ids: [id], data: { flagged: true }, edited_at: 'late' },
      { op: 'update', table: 'activity', record_ids: [id], data: {} },
      { op: 'flag', record_ids: [id], data: { flagged: true } },
    ]);
    expect(results.map(({ status, error }) => error?.code ?? status)).toEqual([
      'applied',
      'unknown_table',
      'unknown_op',
      'invalid_data',
      'invalid_data',
      'invalid_data',
      'invalid_data',
      'invalid_data',
      'invalid_data',
      'invalid_data',
      'unknown_op',
      'applied',
    ]);
    const paths = results.map(({ error }) => error?.details['path']);
    expect(paths).toEqual([
      undefined,
      'table',
      'op',
      'data.colour',
      'data.flagged',
      'data.feedback_count',
      'data.note',
      'data.note',
      'record_ids.0',
      'edited_at',
      'op',
      undefined,
    ]);
    expect(await sellerOf(member, id)).toMatchObject({ flagged: true, note: null });
  });

  test('a rejection leaves no trace: no change number, no activity', async () => {
    const member = await newMember();
    await addSellers(member, ['a']);
    const before = await pullPage(member, 'activity');
    await push(member, [{ op: 'flag', record_ids: [uuid()], data: { flagged: true } }]);
    const after = await pullPage(member, 'activity');
    expect(after.items).toEqual(before.items);
  });

  describe('the same mutation again', () => {
    test('answers the first result, from any client, and applies nothing', async () => {
      const member = await newMember();
      const colleague = await addTestMember(server.current, { orgId: member.orgId, role: 'member' });
      const [id = ''] = await addSellers(member, ['once']);
      const flag = mutation({ op: 'flag', record_ids: [id], data: { flagged: true } });
      const first = await pushOne(member, flag);
      await pushOne(member, { op: 'flag', record_ids: [id], data: { flagged: false } });
      const again = await pushOne(colleague, flag);
      expect(again).toEqual({ ...first, status: 'duplicate' });
      expect(await sellerOf(member, id)).toMatchObject({ flagged: false });
    });

    test('with another body is rejected as idempotency_mismatch', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['twice']);
      const flag = mutation({ op: 'flag', record_ids: [id], data: { flagged: true } });
      await pushOne(member, flag);
      const other = await pushOne(member, { ...flag, data: { flagged: false } });
      expect([other.status, other.error?.code]).toEqual(['rejected', 'idempotency_mismatch']);
      expect(await sellerOf(member, id)).toMatchObject({ flagged: true });
    });

    test('stays refused: a copy that the network delivers late must not take effect after all', async () => {
      const member = await newMember();
      const [taken = '', id = ''] = await addSellers(member, ['taken', 'wants it']);
      const rename = mutation({ op: 'update', record_ids: [id], data: { display_name: 'taken' } });
      const first = await pushOne(member, rename);
      expect([first.status, first.error?.code]).toEqual(['rejected', 'name_taken']);
      await pushOne(member, { op: 'delete', record_ids: [taken] });
      expect(await pushOne(member, rename)).toEqual(first);
      expect(await sellerOf(member, id)).toMatchObject({ display_name: 'wants it' });
      const anew = await pushOne(member, { op: 'update', record_ids: [id], data: { display_name: 'taken' } });
      expect(anew.status).toBe('applied');
    });

    test('twice in one batch, and twenty times at once, takes effect once', async () => {
      const member = await newMember();
      const create = mutation({ op: 'create', record_ids: [uuid()], data: { display_name: 'only one' } });
      const batch = await push(member, [create, create]);
      expect(batch.map(({ status }) => status)).toEqual(['applied', 'duplicate']);
      const [id = ''] = await addSellers(member, ['raced']);
      const flag = mutation({ op: 'flag', record_ids: [id], data: { flagged: true } });
      const raced = await Promise.all(Array.from({ length: 20 }, () => pushOne(member, flag)));
      expect(raced.filter(({ status }) => status === 'applied')).toHaveLength(1);
      expect(raced.filter(({ status }) => status === 'duplicate')).toHaveLength(19);
      const entries = (await pullPage(member, 'activity')).items.filter(({ kind }) => kind === 'sellers.flag');
      expect(entries).toHaveLength(1);
    });

    test('in another workspace it is another mutation', async () => {
      const [one, two] = [await newMember(), await newMember()];
      const create = mutation({ op: 'create', record_ids: [uuid()], data: { display_name: 'shared id' } });
      expect((await pushOne(one, create)).status).toBe('applied');
      expect((await pushOne(two, create)).status).toBe('applied');
    });
  });

  describe('create', () => {
    test('inserts with dense numbers and one change number per row', async () => {
      const member = await newMember();
      const rows = ['a', 'b', 'c'].map((display_name) => ({ id: uuid(), data: { display_name, source: 'import' } }));
      const result = await pushOne(member, { op: 'create', rows });
      expect(result.records).toEqual(rows.map(({ id }, index) => ({ id, no: index + 1, version: index + 1 })));
      expect(result.version).toBe(3);
      const stored = await sellersOf(member);
      expect(stored.map(({ no, times_seen, source, flagged }) => ({ no, times_seen, source, flagged }))).toEqual(
        [3, 2, 1].map((no) => ({ no, times_seen: 1, source: 'import', flagged: false })),
      );
    });

    test('of a name that exists applies to that row and leads the client’s id to it, also within the batch', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['Cartridge_Man07']);
      const mine = uuid();
      const [create, flag] = await push(member, [
        { op: 'create', record_ids: [mine], data: { display_name: ' cartridge_man07 ', note: 'met again' } },
        { op: 'flag', record_ids: [mine], data: { flagged: true } },
      ]);
      expect(create?.records).toEqual([{ id, no: 1, version: 3, requested_id: mine }]);
      expect(flag?.records).toEqual([{ id, no: 1, version: 5, requested_id: mine }]);
      const later = await pushOne(member, { op: 'update', record_ids: [mine], data: { item_count: 7 } });
      expect(later.records[0]).toMatchObject({ id, requested_id: mine });
      expect(await sellersOf(member)).toMatchObject([
        { id, display_name: 'cartridge_man07', note: 'met again', flagged: true, times_seen: 1, item_count: 7 },
      ]);
    });

    test('keeps punctuation apart: two people', async () => {
      const member = await newMember();
      await addSellers(member, ['cartridgeman07', 'cartridge_man07']);
      expect(await sellersOf(member)).toHaveLength(2);
    });

    test('of one name several times in a batch is one row', async () => {
      const member = await newMember();
      const rows = ['Same', 'other', 'same', 'SAME'].map((display_name) => ({ id: uuid(), data: { display_name } }));
      const result = await pushOne(member, { op: 'create', rows });
      const [first] = rows;
      expect(result.records.map(({ id, no }) => [id, no])).toEqual([
        [first?.id, 1],
        [rows[1]?.id, 2],
        [first?.id, 1],
        [first?.id, 1],
      ]);
      expect(result.records[3]).toMatchObject({ requested_id: rows[3]?.id });
      expect(await sellersOf(member)).toHaveLength(2);
    });

    test('takes one id with data, or rows, never both or several ids', async () => {
      const member = await newMember();
      const data = { display_name: 'x' };
      const results = await push(member, [
        { op: 'create', record_ids: [uuid(), uuid()], data },
        { op: 'create', record_ids: [], data },
        { op: 'create', record_ids: [uuid()], rows: [{ id: uuid(), data }] },
        { op: 'create', rows: [] },
        { op: 'create', rows: [{ id: uuid(), data: { display_name: ' ' } }] },
      ]);
      expect(results.map(({ error }) => [error?.code, error?.details['path']])).toEqual([
        ['invalid_data', 'record_ids'],
        ['invalid_data', 'record_ids'],
        ['invalid_data', 'rows'],
        ['invalid_data', 'rows'],
        ['invalid_data', 'rows.0.data.display_name'],
      ]);
    });

    test('of a deleted name is a new row', async () => {
      const member = await newMember();
      const [old = ''] = await addSellers(member, ['gone']);
      await pushOne(member, { op: 'delete', record_ids: [old] });
      const [fresh] = await addSellers(member, ['gone']);
      expect(fresh).not.toBe(old);
      expect(await sellersOf(member)).toMatchObject([{ id: fresh, no: 2 }]);
    });

    test('takes 10,000 rows in one mutation', async () => {
      const member = await newMember();
      const rows = Array.from({ length: 10_000 }, (_, n) => ({ id: uuid(), data: { display_name: `seller ${n}` } }));
      const result = await pushOne(member, { op: 'create', rows });
      expect(result.records.at(-1)).toMatchObject({ no: 10_000, version: 10_000 });
      const flagged = await pushOne(member, {
        op: 'flag',
        record_ids: rows.map(({ id }) => id),
        data: { flagged: true },
      });
      expect(flagged).toMatchObject({ status: 'applied', version: 20_001 });
    });
  });

  describe('flag and update', () => {
    test('flag sets, never toggles; setting what is set changes nothing', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['f']);
      const first = await pushOne(member, { op: 'flag', record_ids: [id], data: { flagged: true } });
      const second = await pushOne(member, { op: 'flag', record_ids: [id], data: { flagged: true } });
      expect(second.records).toEqual(first.records);
      expect(await sellerOf(member, id)).toMatchObject({ flagged: true });
    });

    test('the later edit of a field stands, whatever order they arrive in; other fields merge', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['old name']);
      await server.current.clock.advance(10 * MINUTE);
      const sentAt = new Date().toISOString();
      const edit = (data: Record<string, unknown>, minutes: number) => ({
        op: 'update',
        record_ids: [id],
        data,
        edited_at: ago(minutes * MINUTE),
      });
      await pushOne(member, edit({ note: 'newer' }, 1), sentAt);
      const late = await pushOne(member, edit({ note: 'older', display_name: 'new name' }, 5), sentAt);
      expect(late.status).toBe('applied');
      expect(await sellerOf(member, id)).toMatchObject({
        note: 'newer',
        display_name: 'new name',
        normalized_name: 'new name',
      });
    });

    test('setting the same value later still wins over an edit between', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['same']);
      await server.current.clock.advance(10 * MINUTE);
      const sentAt = new Date().toISOString();
      const note = (text: string, minutes: number) =>
        pushOne(
          member,
          { op: 'update', record_ids: [id], data: { note: text }, edited_at: ago(minutes * MINUTE) },
          sentAt,
        );
      await note('kept', 9);
      await note('kept', 2);
      await note('between', 5);
      expect(await sellerOf(member, id)).toMatchObject({ note: 'kept' });
    });

    test('a wrong clock does not matter, only how long ago; a tie goes to the later arrival', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['clocks']);
      await server.current.clock.advance(10 * MINUTE);
      const future = Date.now() + 365 * 24 * 60 * MINUTE;
      const at = (ms: number) => new Date(ms).toISOString();
      await pushOne(
        member,
        { op: 'update', record_ids: [id], data: { note: 'from the future' }, edited_at: at(future - 5 * MINUTE) },
        at(future),
      );
      await pushOne(member, { op: 'update', record_ids: [id], data: { note: 'after it' }, edited_at: ago(4 * MINUTE) });
      expect(await sellerOf(member, id)).toMatchObject({ note: 'after it' });
      // Edited after it was sent: counts as now, and so does the next, which arrives later.
      await pushOne(member, { op: 'update', record_ids: [id], data: { note: 'ahead' }, edited_at: at(future) });
      await pushOne(member, { op: 'update', record_ids: [id], data: { note: 'latest' }, edited_at: at(future) });
      expect(await sellerOf(member, id)).toMatchObject({ note: 'latest' });
    });

    test('an edit is not older than what its maker had seen', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['seen']);
      await server.current.clock.advance(10 * MINUTE);
      await pushOne(member, { op: 'update', record_ids: [id], data: { note: 'first' }, edited_at: ago(3 * MINUTE) });
      const seen = new Date(server.current.clock.now() - 2 * MINUTE).toISOString();
      await pushOne(member, {
        op: 'update',
        record_ids: [id],
        data: { note: 'saw the first' },
        edited_at: ago(60 * MINUTE),
        seen_at: seen,
      });
      expect(await sellerOf(member, id)).toMatchObject({ note: 'saw the first' });
    });

    test('renaming onto a taken name is rejected with that row’s id', async () => {
      const member = await newMember();
      const [a = '', b = ''] = await addSellers(member, ['alpha', 'beta']);
      const result = await pushOne(member, {
        op: 'update',
        record_ids: [b],
        data: { display_name: 'ALPHA', note: 'no' },
      });
      expect([result.status, result.error?.code, result.error?.details['id']]).toEqual(['rejected', 'name_taken', a]);
      expect(await sellerOf(member, b)).toMatchObject({ display_name: 'beta', note: null });
      const own = await pushOne(member, { op: 'update', record_ids: [a], data: { display_name: 'Alpha' } });
      expect(own.status).toBe('applied');
      const many = await pushOne(member, { op: 'update', record_ids: [a, b], data: { display_name: 'both' } });
      expect(many.error?.code).toBe('invalid_data');
    });

    test('lists apply where they can and name the rest; not_found only if none could', async () => {
      const member = await newMember();
      const [a = '', b = ''] = await addSellers(member, ['a', 'b']);
      await pushOne(member, { op: 'delete', record_ids: [b] });
      const unknown = uuid();
      const some = await pushOne(member, { op: 'flag', record_ids: [unknown, a, b], data: { flagged: true } });
      expect(some).toMatchObject({ status: 'applied', records: [{ id: a }], missing: [unknown, b] });
      const none = await pushOne(member, { op: 'flag', record_ids: [unknown], data: { flagged: true } });
      expect([none.status, none.error?.code]).toEqual(['rejected', 'not_found']);
    });

    test('editing a deleted row is rejected as deleted', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['dead']);
      await pushOne(member, { op: 'delete', record_ids: [id] });
      const result = await pushOne(member, { op: 'update', record_ids: [id], data: { note: 'x' } });
      expect([result.status, result.error?.code]).toEqual(['rejected', 'deleted']);
    });
  });

  describe('delete and restore', () => {
    test('deleting a deleted one is applied, and restoring brings back id, number and fields', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['phoenix']);
      await pushOne(member, { op: 'update', record_ids: [id], data: { note: 'kept', flagged: true } });
      const before = await sellerOf(member, id);
      const [gone, again] = await push(member, [
        { op: 'delete', record_ids: [id] },
        { op: 'delete', record_ids: [id] },
      ]);
      expect([gone?.status, again?.status]).toEqual(['applied', 'applied']);
      expect(again?.records).toEqual(gone?.records);
      expect(await sellerOf(member, id)).toBeUndefined();
      const back = await pushOne(member, { op: 'restore', record_ids: [id] });
      expect(back.status).toBe('applied');
      const { version: _v, updated_at: _u, ...fields } = before ?? {};
      expect(await sellerOf(member, id)).toMatchObject(fields);
    });

    test('restoring onto a name that is taken by now is rejected with that row’s id', async () => {
      const member = await newMember();
      const [old = ''] = await addSellers(member, ['contested']);
      await pushOne(member, { op: 'delete', record_ids: [old] });
      const [fresh = ''] = await addSellers(member, ['Contested']);
      const result = await pushOne(member, { op: 'restore', record_ids: [old] });
      expect([result.status, result.error?.code, result.error?.details['id']]).toEqual([
        'rejected',
        'name_taken',
        fresh,
      ]);
      await pushOne(member, { op: 'delete', record_ids: [fresh] });
      const both = await pushOne(member, { op: 'restore', record_ids: [old, fresh] });
      expect(both).toMatchObject({ status: 'applied', records: [{ id: fresh }], missing: [old] });
    });

    test('with own_ids leaves alone the rows that a create was led to, and deletes those that it made', async () => {
      const member = await newMember();
      const [theirs = ''] = await addSellers(member, ['theirs']);
      const [met, made, mere] = [uuid(), uuid(), uuid()];
      const create = (id: string, name: string) => ({ id, data: { display_name: name } });
      await pushOne(member, { op: 'create', rows: [create(met, 'Theirs'), create(made, 'mine')] });
      await pushOne(member, { op: 'create', rows: [create(mere, 'THEIRS')] });
      const both = await pushOne(member, { op: 'delete', record_ids: [met, made], data: { own_ids: true } });
      expect(both).toMatchObject({ status: 'applied', records: [{ id: made }], missing: [] });
      const one = await pushOne(member, { op: 'delete', record_ids: [mere], data: { own_ids: true } });
      expect(one).toMatchObject({ status: 'applied', records: [], missing: [] });
      expect((await sellersOf(member)).map(({ id }) => id)).toEqual([theirs]);
      await pushOne(member, { op: 'delete', record_ids: [met] });
      expect(await sellersOf(member)).toEqual([]);
    });

    test('never_again is kept with the tombstone and ends with a restore', async () => {
      const member = await newMember();
      const [id = ''] = await addSellers(member, ['unwanted']);
      const marks = () =>
        server.current.deps.database.db.selectFrom('sellers').select('never_again').where('id', '=', id).execute();
      await pushOne(member, { op: 'delete', record_ids: [id] });
      await pushOne(member, { op: 'delete', record_ids: [id], data: { never_again: true } });
      expect(await marks()).toEqual([{ never_again: true }]);
      await pushOne(member, { op: 'restore', record_ids: [id] });
      expect(await marks()).toEqual([{ never_again: false }]);
    });
  });

  test('each mutation that changes something writes one entry of the audit trail with all its targets', async () => {
    const member = await newMember();
    const ids = await addSellers(
      member,
      Array.from({ length: 150 }, (_, n) => `target ${n}`),
    );
    await pushOne(member, { op: 'flag', record_ids: ids, data: { flagged: true } });
    await pushOne(member, { op: 'flag', record_ids: ids.slice(0, 1), data: { flagged: false } });
    const { items } = await pullPage(member, 'activity');
    expect(items.map(({ kind, summary, record_count }) => [kind, summary, record_count])).toEqual([
      ['sellers.flag', 'Unflagged target 0', 1],
      ['sellers.flag', 'Flagged 150 sellers', 150],
      ['sellers.create', 'Added 150 sellers', 150],
    ]);
    expect(items[1]?.['record_ids']).toHaveLength(100);
    expect(items[1]).toMatchObject({ actor_id: member.userId, run_id: null, table_name: 'sellers' });
    const targets = await server.current.deps.database.db
      .selectFrom('activity_targets')
      .select('record_id')
      .where('activity_id', '=', String(items[1]?.['id']))
      .execute();
    expect(new Set(targets.map(({ record_id }) => record_id))).toEqual(new Set(ids));
  });

  test('nothing went wrong unseen', () => {
    expect(server.current.errors).toEqual([]);
  });
});
