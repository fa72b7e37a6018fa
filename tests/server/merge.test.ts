import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { applyBatch } from '#server/sync/apply-batch.ts';
import { checkMutation } from '#server/sync/check-mutation.ts';
import { push } from '#server/sync/push.ts';
import { requestHash } from '#server/sync/request-hash.ts';
import { addTestMember, type Member, openServer, type ServerUnderTest } from './server-under-test.ts';
import { addSellers, clientId, mutation } from './sync-client.ts';

let server: ServerUnderTest;
let member: Member;
beforeAll(async () => {
  server = await openServer();
  member = await addTestMember(server);
});
afterAll(() => server.close());

const fields = {
  note: fc.constantFrom('one', 'two', 'three', null),
  flagged: fc.boolean(),
  feedback_count: fc.integer({ min: 0, max: 3 }),
  platform_id: fc.constantFrom('p', 'q', null),
};
const edit = fc.record({
  data: fc.record(fields, { requiredKeys: [] }),
  // Few times, so that ties are common.
  age: fc.integer({ min: 0, max: 6 }),
});

test('whatever order edits arrive in, each field ends as the latest edit of it says; a tie goes to the later arrival', async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
      const [id = ''] = await addSellers(member, [`merged ${(made += 1)}`]);
      // All of it well after the creation, which is an edit of the name alone.
      const now = Date.now() + 1_000_000;
      const expected: Record<string, { value: unknown; at: number }> = {};
      for (const { data, age } of edits) {
        const editedAt = now - age * 1000;
        const given = mutation({ op: 'update', record_ids: [id], data, edited_at: new Date(editedAt).toISOString() });
        await inOrg(server.deps.database.db, member.orgId, (tx) =>
          applyBatch(tx, [{ mutation: checkMutation(given), hash: requestHash(given) }], {
            who: { ...member, userName: 'm' },
            clientId,
            sentAt: now,
            arrivedAt: now,
            now,
          }),
        );
        for (const [field, value] of Object.entries(data)) {
          if ((expected[field]?.at ?? 0) <= editedAt) expected[field] = { value, at: editedAt };
        }
      }
      const row = await server.deps.database.db
        .selectFrom('sellers')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const stored: Record<string, unknown> = row;
      for (const [field, { value, at }] of Object.entries(expected)) {
        expect(stored[field], field).toBe(value);
        expect(row.field_stamps[field], field).toBe(at);
      }
    }),
    { numRuns: 40, verbose: fc.VerbosityLevel.Verbose },
  );
});

test('a slow call of several batches dates all its edits from its arrival', async () => {
  const ids = await addSellers(
    member,
    Array.from({ length: 120 }, (_, n) => `slow ${n}`),
  );
  const arrived = Date.now() + 1_000_000;
  let asked = -1;
  const slow = { ...server.deps, clock: () => arrived + 1000 * (asked += 1) };
  const who: Who = { ...member, userName: 'm', orgs: [], role: 'owner', permissions: [] };
  const sentAt = Date.now();
  // The last says that it was made after it was sent: it counts as made on arrival.
  const ages = ids.map((_, n) => (n === 119 ? -5000 : 5000));
  await push(slow, who, {
    client_id: clientId,
    sent_at: new Date(sentAt).toISOString(),
    mutations: ids.map((id, n) => {
      const edited_at = new Date(sentAt - (ages[n] ?? 0)).toISOString();
      return mutation({ op: 'update', record_ids: [id], data: { note: 'slow' }, edited_at });
    }),
  });
  const rows = await server.deps.database.db
    .selectFrom('sellers')
    .select(['field_stamps', 'updated_at'])
    .where('note', '=', 'slow')
    .orderBy('no')
    .execute();
  expect(rows.map(({ field_stamps }) => arrived - (field_stamps['note'] ?? 0))).toEqual(
    ages.map((age) => Math.max(0, age)),
  );
  // The rows themselves are dated by their batch.
  expect(new Set(rows.map(({ updated_at }) => updated_at.getTime())).size).toBe(3);
});
