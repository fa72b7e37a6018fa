import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvelope } from '#server/sync/push-envelope.ts';
import { push } from '#server/sync/push.ts';
import { openDeps } from '#server/open-deps.ts';
import { emptyDatabase } from '#tests/helpers/empty-database.ts';
import { openWorld } from '#tests/server-runs/run-world.ts';

const logged: { level: string; text: string; facts: Record<string, unknown> }[] = [];
let database: Awaited<ReturnType<typeof openDeps>>;
beforeAll(async () => {
  const restore = await emptyDatabase();
  database = await openDeps(
    { restore },
    Date.now,
    (level, text, facts = {}) => void logged.push({ level, text, facts }),
  );
});
afterAll(() => database.close());

it('logs what the database refuses without quoting it, rejects that mutation alone and applies the others', async () => {
  const world = await openWorld(database);
  // Stands for whatever the checks before the database let through.
  await database.database.script((run) =>
    run("alter table sellers add constraint no_secret check (display_name <> 'Secret Name')"),
  );
  const now = new Date().toISOString();
  const mutations = ['one', 'Secret Name', 'two'].map((display_name) => ({
    id: crypto.randomUUID(),
    table: 'sellers',
    op: 'create',
    record_ids: [crypto.randomUUID()],
    data: { display_name },
    edited_at: now,
  }));
  const envelope = readEnvelope({ client_id: crypto.randomUUID(), sent_at: now, mutations });
  const { results } = await push(database, world.owner, envelope.data ?? expect.fail());
  expect(results.map(({ status, error }) => [status, error?.code])).toEqual([
    ['applied', undefined],
    ['rejected', 'invalid_data'],
    ['applied', undefined],
  ]);
  const warnings = logged.filter(({ level }) => level === 'warning');
  expect(warnings).toMatchObject([
    {
      text: 'The database refused a mutation',
      facts: { kind: 'sellers.create', code: '23514', constraint: 'no_secret' },
    },
  ]);
  expect(JSON.stringify(logged)).not.toContain('Secret Name');
});
