import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type * as ApplyPull from '#lib/store/apply-pull.ts';
import type * as Pull from '#lib/sync/pull.ts';
import type * as FindResults from '#server/sync/sql/find-results.ts';
import type * as ReadPage from '#server/sync/sql/read-page.ts';
import { runHistory } from './run-history.ts';
import { history } from './steps.ts';
import { openWorld, type World } from './world.ts';

/*
 * Does the simulator see anything at all? Each of these mistakes is put into the program, and it must be
 * found. The mistakes live here: the program itself knows no switch.
 */

type Bug = 'cursor before rows' | 'pull over pending edits' | 'no idempotency' | 'cursor of times';
const program = vi.hoisted(() => ({ bug: null as string | null }));
const has = (bug: Bug): boolean => program.bug === bug;

vi.mock('#lib/store/apply-pull.ts', async (load) => {
  const real = await load<typeof ApplyPull>();
  return {
    applyPull: async (...[base, table, answer]: Parameters<typeof real.applyPull>) => {
      if (has('cursor before rows')) {
        const none = { table, complete: !answer.has_more, received: 0, remaining: 0, version: 0, highest: 0 };
        await base.cursors.put({ ...none, ...(await base.cursors.get(table)), cursor: answer.next_cursor });
      }
      return real.applyPull(base, table, answer);
    },
  };
});

vi.mock('#lib/sync/pull.ts', async (load) => {
  const real = await load<typeof Pull>();
  return {
    pullTable: async (...[env, table, onStored]: Parameters<typeof real.pullTable>) => {
      const pulled = await real.pullTable(env, table, onStored);
      // What was pulled counts for more than what waits.
      if (has('pull over pending edits')) await env.writer.own.outbox.where('state').equals('waiting').delete();
      return pulled;
    },
  };
});

vi.mock('#server/sync/sql/find-results.ts', async (load) => {
  const real = await load<typeof FindResults>();
  return {
    findResults: async (...[tx, orgId, ids]: Parameters<typeof real.findResults>) => {
      if (!has('no idempotency')) return real.findResults(tx, orgId, ids);
      await tx.deleteFrom('mutations').where('org_id', '=', orgId).where('id', 'in', ids).execute();
      return new Map() as Awaited<ReturnType<typeof real.findResults>>;
    },
  };
});

vi.mock('#server/sync/sql/read-page.ts', async (load) => {
  const real = await load<typeof ReadPage>();
  return {
    ...real,
    readChanges: (...[tx, table, request, at]: Parameters<typeof real.readChanges>) => {
      if (!has('cursor of times')) return real.readChanges(tx, table, request, at);
      const newer = sql`t.updated_at > coalesce(
        (select max(updated_at) from ${sql.table(table.sql)} where org_id = ${request.orgId} and version <= ${at}), '-infinity')`;
      const condition = sql<boolean>`${request.condition} and ${newer}`;
      return real.readChanges(tx, table, { ...request, condition }, at);
    },
  };
});

let world: World;

beforeAll(async () => {
  world = await openWorld();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}, 60_000);
afterAll(async () => {
  vi.useRealTimers();
  await world?.close();
});

const MOST_HISTORIES = 150;

it.each<[Bug, RegExp]>([
  ['cursor before rows', /the cursor is at|differ/],
  ['pull over pending edits', /is in 0 places/],
  ['no idempotency', /without a mutation's result|is not|counts as made|refused: invalid_data/],
  ['cursor of times', /the cursor is at|differ/],
])('finds “%s”', async (bug, words) => {
  program.bug = bug;
  try {
    const result = await fc.check(
      fc.asyncProperty(history, (course) => runHistory(world, course)),
      { numRuns: MOST_HISTORIES, seed: 1, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toMatch(words);
    process.stdout.write(`“${bug}” found by history ${result.numRuns} of seed 1\n`);
  } finally {
    program.bug = null;
  }
});
