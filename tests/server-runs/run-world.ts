import { sql } from 'kysely';
import type { RunRequest } from '#lib/protocol/collection.ts';
import { permissionsOf } from '#server/auth/permissions.ts';
import { ensureAccount } from '#server/auth/accounts.ts';
import { addMember, createWorkspace } from '#server/auth/workspaces.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { openDeps } from '#server/open-deps.ts';
import { createRun } from '#server/runs/create-run.ts';
import type { EngineOptions, RunDeps } from '#server/runs/run-deps.ts';
import { createRunDeps } from '#server/runs/run-deps.ts';
import type { RunEngine } from '#server/runs/run-engine.ts';
import { createRunEngine } from '#server/runs/run-engine.ts';
import type { Run } from '#server/runs/run.ts';
import { loadRun } from '#server/runs/run.ts';
import { recordProducts } from '#server/runs/sql/record-products.ts';
import { createThrottles } from '#server/runs/throttles.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import type { ProductSource, SellerSource } from '#server/sources/source.ts';
import { emptyDatabase } from '#tests/helpers/empty-database.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

export type RunDatabase = Awaited<ReturnType<typeof openDeps>>;

/** A migrated database: the one at the address, or an embedded one in memory. */
export const openRunDatabase = async (url?: string): Promise<RunDatabase> =>
  openDeps(url === undefined ? { restore: await emptyDatabase() } : { url }, Date.now, () => undefined);

/** A new workspace in the database (or the one given) with an owner and a member, and what runs are made of. */
export async function openWorld(open: RunDatabase, workspace?: string) {
  const { db } = open.database;
  const name = `Runs ${crypto.randomUUID()}`;
  const orgId = workspace ?? (await createWorkspace(db, name, Date.now));
  const person = async (role: 'owner' | 'member'): Promise<Who> => {
    const email = `${role}@example.com`;
    const userId = await ensureAccount(open.auth, email, 'correct horse battery');
    await addMember(db, orgId, userId, role, Date.now);
    return {
      userId,
      userName: role,
      email,
      orgId,
      orgs: [{ id: orgId, name }],
      role,
      permissions: permissionsOf(role),
    };
  };
  const owner = await person('owner');
  const member = await person('member');
  const engines: RunEngine[] = [];
  const base = createRunDeps(open, { SELLERDEX_CATALOGUE_SPEED: '0', SELLERDEX_CATALOGUE_FAULTS: '0' });

  const withSource = (source: SellerSource, products?: ProductSource): RunDeps => ({
    ...base,
    throttles: createThrottles(),
    sources: {
      product: new Map([
        ...base.sources.product,
        ...(products === undefined ? [] : [[products.id, products] as const]),
      ]),
      seller: new Map([...base.sources.seller, [source.id, source]]),
    },
  });

  const withEnvironment = (env: Parameters<typeof createRunDeps>[1]): RunDeps => createRunDeps(open, env);

  async function startEngine(deps: RunDeps = base, options: Partial<EngineOptions> = {}): Promise<RunEngine> {
    const engine = createRunEngine(deps, {
      owner: crypto.randomUUID(),
      leaseMs: 3000,
      backoffMs: 5,
      tickMs: 50,
      ...options,
    });
    engines.push(engine);
    await engine.start();
    return engine;
  }

  const run = (id: string): Promise<Run> => inOrg(db, orgId, (tx) => loadRun(tx, orgId, id, 'read'));

  return {
    ...open,
    db,
    orgId,
    owner,
    member,
    runDeps: base,
    withSource,
    withEnvironment,
    startEngine,
    run,
    create: (request: RunRequest, deps: RunDeps = base, who: Who = owner) => createRun(deps, who, request),
    /** Puts one more product to search into a run. */
    addProduct: (runId: string, title: string) =>
      inOrg(db, orgId, (tx) =>
        recordProducts(
          tx,
          { orgId, runId },
          [{ external_id: title, title, price_cents: null, currency: null, rank: null }],
          null,
        ),
      ),
    /** Resumes as the owner. */
    resume: (id: string, budgetCapCents?: number) =>
      steerRun(base, undefined, owner, id, { to: 'running', budgetCapCents }),
    until: (id: string, what: string, holds: (run: Run) => boolean, timeoutMs = 30_000) =>
      waitUntil(what, async () => (holds(await run(id)) ? run(id) : null), timeoutMs),
    /** Plain SQL that sees this workspace alone. */
    rows: async <T>(query: string): Promise<T[]> =>
      (await inOrg(db, orgId, (tx) => sql.raw<T>(query).execute(tx))).rows,
    /** Stops the engines, and leaves no run for those of the next test. */
    close: async () => {
      await Promise.all(engines.map((engine) => engine.stop()));
      await inOrg(db, orgId, (tx) => tx.updateTable('collection_runs').set({ status: 'cancelled' }).execute());
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
