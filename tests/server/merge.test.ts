import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { applyBatch } from '#server/sync/apply-batch.ts';
import { checkMutation } from '#server/sync/check-mutation.ts';
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
