import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { sql } from 'kysely';
import { vi } from 'vitest';
import { createApp } from '#server/app.ts';
import { ensureAccount } from '#server/auth/accounts.ts';
import { addMember, createWorkspace } from '#server/auth/workspaces.ts';
import { purge } from '#server/db/purge.ts';
import { beginEpoch } from '#server/db/server-settings.ts';
import type { Deps } from '#server/deps.ts';
import type { App } from '#server/http/app-env.ts';
import { openDeps } from '#server/open-deps.ts';

const START = 1_800_000_000_000;
const MOST_BROWSERS = 6;
const PURGE_AFTER_DAYS = 31;
/** Results are remembered for 90 days; nobody repeats anything later. */
const MOST_PURGES = 2;

const TENANT_TABLES = [
  'activity_targets',
  'activity',
  'mutations',
  'id_aliases',
  'sellers',
  'counters',
  'collection_settings',
  'members',
  'workspaces',
];

/** The real server on one embedded database, its members, and the one time that all of it runs by. */
export interface World {
  readonly app: App;
  readonly deps: Deps;
  readonly tokens: readonly string[];
  /** How often each thing has happened, for the record. */
  readonly tally: Map<string, number>;
  count(what: string): void;
  now(): number;
  /** Lets time pass, and with it every timer. */
  advance(ms: number): void;
  /** A fresh workspace with every member, and browsers without data. */
  newWorkspaces(count: number): Promise<string[]>;
  /** 31 days later, when old tombstones go; not more often than results are remembered. */
  purge(): Promise<boolean>;
  newEpoch(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  let now = START;
  const clock = () => now;
  const deps = await openDeps({}, clock, () => undefined);
  const app = createApp(deps);
  const members = await Promise.all(Array.from({ length: MOST_BROWSERS }, (_, at) => signIn(app, deps, at)));
  let orgs: string[] = [];
  let purges = 0;
  const tally = new Map<string, number>();

  /** What belongs to an ended history only slows the next one down. */
  async function dropWorkspaces(): Promise<void> {
    for (const table of orgs.length === 0 ? [] : TENANT_TABLES)
      await sql`delete from ${sql.table(table)} where org_id in (${sql.join(orgs)})`.execute(deps.database.db);
  }

  return {
    app,
    deps,
    tokens: members.map(({ token }) => token),
    tally,
    count: (what) => void tally.set(what, (tally.get(what) ?? 0) + 1),
    now: clock,
    advance(ms) {
      now += ms;
      vi.advanceTimersByTime(ms);
    },
    async newWorkspaces(count) {
      await dropWorkspaces();
      Dexie.dependencies.indexedDB = new IDBFactory();
      Dexie.dependencies.IDBKeyRange = IDBKeyRange;
      purges = 0;
      orgs = [];
      for (let at = 0; at < count; at++) {
        const orgId = await createWorkspace(deps.database.db, crypto.randomUUID(), clock);
        orgs.push(orgId);
        for (const { userId } of members) await addMember(deps.database.db, orgId, userId, 'member', clock);
      }
      return orgs;
    },
    async purge() {
      if (purges === MOST_PURGES) return false;
      purges++;
      now += PURGE_AFTER_DAYS * 86_400_000;
      await purge(deps.database.db, now);
      return true;
    },
    newEpoch: () => beginEpoch(deps.database.db),
    close: deps.close,
  };
}

async function signIn(app: App, deps: Deps, at: number): Promise<{ userId: string; token: string }> {
  const email = `member${at}@example.com`;
  const password = `the password of ${at}`;
  const userId = await ensureAccount(deps.auth, email, password);
  const answer = await app.request('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { token } = (await answer.json()) as { token: string };
  return { userId, token };
}
