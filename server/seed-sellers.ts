import { sql } from 'kysely';
import { normalizeName, sellerSources } from '#lib/domain/seller.ts';
import { chunk } from '#lib/shared/chunk.ts';
import { advanceCounter, lockCounter, takeNumbers } from './db/counters.ts';
import { inOrg, type Tx } from './db/in-org.ts';
import type { Db } from './db/open-database.ts';
import { seedName } from './seed-name.ts';

export interface SeedOptions {
  readonly orgId: string;
  readonly sellers: number;
  /** The same seed on an empty workspace gives the same rows. */
  readonly seed: number;
  readonly now: number;
}

const CHUNK = 5000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Fills a workspace with made-up sellers in one transaction, so that their change numbers can be
 * shuffled against the row numbers, as they are in a workspace that has been used for long.
 */
export async function seedSellers(db: Db, { orgId, sellers, seed, now }: SeedOptions): Promise<void> {
  if (sellers === 0) return;
  await inOrg(db, orgId, async (tx) => {
    const version = (await lockCounter(tx, orgId)) + 1;
    const no = await takeNumbers(tx, orgId, 'sellers', sellers);
    const next = randomOf(seed);
    const order = shuffled(sellers, next);
    const rows = Array.from(order, (position, index) =>
      seedRow(no + index, version + position, index / sellers, now, next),
    );
    for (const part of chunk(rows, CHUNK)) await insert(tx, orgId, part);
    await advanceCounter(tx, orgId, version + sellers - 1);
  });
  await sql`analyze sellers`.execute(db);
}

function seedRow(no: number, version: number, age: number, now: number, next: () => number) {
  const name = seedName(no, next);
  const created = now - (1 - age) * 90 * DAY_MS;
  return {
    id: uuidOf(next),
    no,
    version,
    created_at: new Date(created).toISOString(),
    updated_at: new Date(created + next() * (now - created)).toISOString(),
    platform: 'ebay',
    display_name: name,
    normalized_name: normalizeName(name),
    flagged: next() < 0.03,
    note: next() < 0.02 ? 'Ships from the warehouse, ask for bulk prices' : null,
    source: next() < 0.9 ? 'run' : sellerSources[Math.floor(next() * sellerSources.length)],
    // Most sellers are met once, a few again and again.
    times_seen: 1 + Math.floor(-Math.log(1 - next() * 0.999) * 1.2),
    feedback_percent: next() < 0.05 ? null : Math.round((100 - next() ** 4 * 15) * 10) / 10,
    feedback_count: next() < 0.05 ? null : Math.floor(10 ** (next() * 5.5)),
    item_count: next() < 0.4 ? null : Math.floor(10 ** (next() * 4)),
  };
}

async function insert(tx: Tx, orgId: string, rows: readonly ReturnType<typeof seedRow>[]): Promise<void> {
  await sql`
    insert into sellers (org_id, id, no, version, created_at, updated_at, platform, display_name, normalized_name,
      flagged, note, source, times_seen, feedback_percent, feedback_count, item_count)
    select ${orgId}, r.* from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      id uuid, no bigint, version bigint, created_at timestamptz, updated_at timestamptz, platform text,
      display_name text, normalized_name text, flagged boolean, note text, source text, times_seen integer,
      feedback_percent double precision, feedback_count integer, item_count integer)`.execute(tx);
}

/** The numbers below `count` in random order. */
function shuffled(count: number, next: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}

function uuidOf(next: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** mulberry32: small, fast, the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
