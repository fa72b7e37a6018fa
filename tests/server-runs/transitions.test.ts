import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunStatus } from '#lib/domain/run.ts';
import { canTransition, isTerminal, runStatuses } from '#lib/domain/run.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { theProgram } from '#server/runs/record-activity.ts';
import { transitionRun } from '#server/runs/transition-run.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import type { World } from './run-world.ts';
import { useWorld } from './use-world.ts';

const kinds: Partial<Record<string, RunStatus>> = {
  'run.started': 'running',
  'run.resumed': 'running',
  'run.paused': 'paused',
  'run.completed': 'completed',
  'run.failed': 'failed',
  'run.cancelled': 'cancelled',
};

describe('transitions of a run, many at once on a real Postgres', () => {
  let world: World;
  useWorld('postgres', 'file', (opened) => (world = opened));
  beforeAll(() => world.rows('update collection_settings set max_concurrent_runs = 100'));

  it('follow the diagram one after the other and end in exactly one terminal state', async () => {
    const targets = fc.constantFrom<RunStatus>(...runStatuses);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(targets, { minLength: 1, maxLength: 6 }), { maxLength: 5 }),
        async (rounds) => {
          const { id } = await world.create({ category_ids: ['pet-cats'] });
          let applied = 0;
          for (const round of rounds) {
            const results = await Promise.allSettled(
              round.map((to) => transitionRun(world.runDeps, { orgId: world.orgId, runId: id, to, actor: theProgram })),
            );
            for (const result of results) {
              if (result.status === 'fulfilled') applied += 1;
              else
                expect(result.reason).toSatisfy(
                  (error) => error instanceof AppError && error.code === 'invalid_transition',
                );
            }
          }
          const run = await world.run(id);
          const entries = await world.rows<{ kind: string }>(
            `select kind from activity where run_id = '${id}' order by no`,
          );
          const path = entries.map(({ kind }) => kinds[kind] ?? expect.fail(kind));
          expect(path).toHaveLength(applied + 1);
          path.reduce<RunStatus>((from, to) => {
            expect(canTransition(from, to)).toBe(true);
            return to;
          }, 'pending');
          expect(path.at(-1)).toBe(run.status);
          expect(path.filter(isTerminal).length).toBe(isTerminal(run.status) ? 1 : 0);
          expect(run.completed_at === null).toBe(!isTerminal(run.status));
          if (!isTerminal(run.status)) {
            await transitionRun(world.runDeps, { orgId: world.orgId, runId: id, to: 'cancelled', actor: theProgram });
          }
        },
      ),
      { numRuns: soakRuns(40) },
    );
  });
});
