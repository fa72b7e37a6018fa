import { beforeAll, describe, expect, it } from 'vitest';
import type { RunStatus } from '#lib/domain/run.ts';
import { canTransition, isTerminal, runStatuses } from '#lib/domain/run.ts';
import { runAnswer } from '#lib/protocol/collection.ts';
import { createApp } from '#server/app.ts';
import { theProgram } from '#server/runs/record-activity.ts';
import { transitionRun } from '#server/runs/transition-run.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import type { World } from './run-world.ts';
import { useWorld } from './use-world.ts';

const actions = { pause: 'paused', resume: 'running', cancel: 'cancelled' } as const;
type Action = keyof typeof actions;
const names = Object.keys(actions) as Action[];

describe('every transition, and every two that race, on a real Postgres', () => {
  let world: World;
  let app: ReturnType<typeof createApp>;
  let token: string;
  useWorld('postgres', 'file', (opened) => (world = opened));
  beforeAll(async () => {
    await world.rows(
      'insert into collection_settings (org_id, max_concurrent_runs) values ' +
        `('${world.orgId}', 100)
      on conflict (org_id) do update set max_concurrent_runs = 100`,
    );
    app = createApp(world, { runs: world.runDeps, requestsPerMinute: 0 });
    const answer = await app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@example.com', password: 'correct horse battery' }),
    });
    ({ token } = (await answer.json()) as { token: string });
  });

  const move = (id: string, to: RunStatus) =>
    transitionRun(world.runDeps, { orgId: world.orgId, runId: id, to, actor: theProgram });

  /** A run that has come to this state on a way that the diagram allows. */
  async function runThatIs(status: RunStatus): Promise<string> {
    const { id } = await world.create({ category_ids: ['pet-cats'] });
    if (status === 'pending') await world.rows(`update collection_runs set status = 'pending' where id = '${id}'`);
    else if (status !== 'running') await move(id, status);
    return id;
  }

  const ask = async (id: string, action: Action) => {
    const answer = await app.request(`/collection/runs/${id}/${action}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-org-id': world.orgId },
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  async function expectWhole(id: string, moves: number): Promise<void> {
    const run = await world.run(id);
    const [entries] = await world.rows<{ all: number; ends: number }>(
      `select count(*)::int as all, count(*) filter (where kind in ('run.completed', 'run.failed', 'run.cancelled'))::int as ends
       from activity where run_id = '${id}'`,
    );
    expect(entries).toEqual({ all: moves, ends: isTerminal(run.status) ? 1 : 0 });
    expect(run.completed_at === null).toBe(!isTerminal(run.status));
    if (!isTerminal(run.status)) await move(id, 'cancelled');
  }

  it.each(runStatuses)('answers every action on a run that is %s, or says 409 and the state', async (from) => {
    for (const action of names) {
      const id = await runThatIs(from);
      const before = await world.rows(`select version, status from collection_runs where id = '${id}'`);
      const entries = (await world.rows(`select 1 from activity where run_id = '${id}'`)).length;
      const answer = await ask(id, action);
      // A pending run is being made, and its own request starts it.
      const isLegal = canTransition(from, actions[action]) && !(from === 'pending' && action === 'resume');
      if (isLegal) {
        expect([action, answer.status, runAnswer.parse(answer.body).status]).toEqual([action, 200, actions[action]]);
      } else {
        expect([action, answer.status, answer.body]).toEqual([
          action,
          409,
          {
            error: {
              code: 'invalid_transition',
              message: 'The run is no longer in a state that allows this.',
              details: { status: from },
            },
          },
        ]);
        expect(await world.rows(`select version, status from collection_runs where id = '${id}'`)).toEqual(before);
      }
      await expectWhole(id, entries + (isLegal ? 1 : 0));
    }
  });

  const pairs = runStatuses.flatMap((from) =>
    runStatuses.flatMap((one) => runStatuses.map((other) => [from, one, other] as const)),
  );

  it('lets one of two racing transitions win where both cannot, from every state', async () => {
    // A share of the soak's seeds: a round is some 200 pairs.
    for (let round = 0; round < Math.ceil(soakRuns(1) / 20); round += 1) {
      for (const [from, one, other] of pairs) {
        // Both illegal: the test above.
        if (!canTransition(from, one) && !canTransition(from, other)) continue;
        const id = await runThatIs(from);
        const entries = (await world.rows(`select 1 from activity where run_id = '${id}'`)).length;
        const results = await Promise.allSettled([move(id, one), move(id, other)]);
        const won = results.flatMap((result, at) => (result.status === 'fulfilled' ? [[one, other][at]] : []));
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'invalid_transition' });
        }
        const orders = [
          [one, other],
          [other, one],
        ] as const;
        // What came of it is what came of one after the other, in one of the two orders.
        const outcomes = orders.map((order) => {
          let at: RunStatus = from;
          let moves = 0;
          for (const to of order) if (canTransition(at, to)) [at, moves] = [to, moves + 1];
          return `${at} after ${moves}`;
        });
        expect(outcomes, `${from}: ${one} and ${other}`).toContain(
          `${(await world.run(id)).status} after ${won.length}`,
        );
        await expectWhole(id, entries + won.length);
      }
    }
  }, 120_000);

  it('lets one of two people win who press two buttons at once', async () => {
    for (const from of ['running', 'paused'] as const) {
      for (const one of names) {
        for (const other of names) {
          const id = await runThatIs(from);
          const entries = (await world.rows(`select 1 from activity where run_id = '${id}'`)).length;
          const answers = await Promise.all([ask(id, one), ask(id, other)]);
          const won = answers.filter(({ status }) => status === 200).length;
          for (const { status, body } of answers) {
            if (status !== 200) expect([status, body]).toMatchObject([409, { error: { code: 'invalid_transition' } }]);
          }
          if (one === other) expect(won).toBe(canTransition(from, actions[one]) ? 1 : 0);
          await expectWhole(id, entries + won);
        }
      }
    }
  });
});
