import type { PullAnswer } from '#lib/protocol/pull.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';

/** Answers of a pull have so many rows, the most that the protocol allows. */
export const ANSWER_ROWS = 10_000;

/** A repeatable sequence of numbers 0 ≤ n < limit. */
export function createRandom(seed: number): (limit: number) => number {
  // Mixed first: rows are made from neighbouring seeds, and the plain sequence begins alike for those.
  let state = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Made-up sellers 0 … rows - 1, made when asked for: a million at once would crowd out what is measured. */
export interface MadeSellers {
  readonly rows: number;
  /** As the server sends it, before or after the changes of the first `rounds` rounds. */
  seller(no: number, rounds?: number): WireSeller;
  /** The first sync as a server answers it: newest row numbers first. */
  snapshot(): Generator<PullAnswer>;
  /** One round of changes, scattered over the table, by ascending change number. */
  changes(round: number, count: number): PullAnswer;
}

/** Change numbers are shuffled against row numbers, as in a workspace that has been used. */
export function createSellers(rows: number): MadeSellers {
  const versions = shuffled(rows);
  const changedIn = new Map<number, number[]>();
  const original = (no: number): WireSeller => madeSeller(no, versions[no] ?? 0);

  return {
    rows,
    seller(no, rounds = 0) {
      const last = changedIn.get(no)?.findLast((round) => round < rounds);
      return last === undefined ? original(no) : changed(original(no), last, rows);
    },
    *snapshot() {
      for (let above = rows; above > 0; above -= ANSWER_ROWS) {
        const first = Math.max(0, above - ANSWER_ROWS);
        yield answerOf(
          Array.from({ length: above - first }, (_, at) => original(above - 1 - at)),
          first,
        );
      }
    },
    changes(round, count) {
      const chosen = chosenNumbers(rows, count, round);
      for (const no of chosen) changedIn.set(no, [...new Set([...(changedIn.get(no) ?? []), round])]);
      const items = chosen.map((no) => changed(original(no), round, rows));
      return answerOf(
        items.toSorted((a, b) => a.version - b.version),
        0,
      );
    },
  };
}

/** All of them at once. */
export function madeSellers(rows: number): WireSeller[] {
  const made = createSellers(rows);
  return Array.from({ length: rows }, (_, no) => made.seller(no));
}

/** Changes of `count` sellers scattered over the table, by ascending change number. */
export function scatteredChanges(sellers: readonly WireSeller[], count: number, round: number): PullAnswer {
  const chosen = chosenNumbers(sellers.length, count, round);
  const items = chosen.flatMap((no) => sellers[no] ?? []).map((row) => changed(row, round, sellers.length));
  return answerOf(
    items.toSorted((a, b) => a.version - b.version),
    0,
  );
}

function chosenNumbers(rows: number, count: number, round: number): number[] {
  const random = createRandom(1000 + round);
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, rows)) chosen.add(random(rows));
  return [...chosen];
}

function madeSeller(no: number, version: number): WireSeller {
  const random = createRandom(no + 1);
  const name = `${['Tech', 'home', 'Best_deal', 'outlet', 'Global.shop'][random(5)]}${['-store', '_uk', '', '2u', '.direct'][random(5)]}${no}`;
  return {
    id: uuid(no, random),
    no,
    version,
    created_at: new Date(1_700_000_000_000 + no * 977).toISOString(),
    updated_at: new Date(1_700_000_000_000 + version * 1013).toISOString(),
    deleted_at: null,
    platform: 'ebay',
    display_name: name,
    normalized_name: name.toLowerCase(),
    platform_id: null,
    flagged: random(12) === 0,
    note: random(50) === 0 ? 'ships late' : null,
    source: 'run',
    times_seen: 1 + random(6),
    first_seen_run_id: uuid(no >> 9, createRandom(no >> 9)),
    last_seen_run_id: uuid(no >> 8, createRandom(no >> 8)),
    feedback_percent: random(10) === 0 ? null : 90 + random(100) / 10,
    feedback_count: random(500_000),
    item_count: random(3) === 0 ? null : random(9000),
  };
}

function changed(row: WireSeller, round: number, rows: number): WireSeller {
  return {
    ...row,
    version: rows * (round + 1) + (row.version % rows),
    flagged: !row.flagged,
    note: `round ${round}`,
  };
}

function shuffled(rows: number): Uint32Array {
  const random = createRandom(7);
  const versions = Uint32Array.from({ length: rows }, (_, at) => at + 1);
  for (let at = rows - 1; at > 0; at--) {
    const other = random(at + 1);
    [versions[at], versions[other]] = [versions[other] ?? 0, versions[at] ?? 0];
  }
  return versions;
}

function answerOf(items: readonly WireSeller[], remaining: number): PullAnswer {
  // Through JSON, as from a server: parsed rows differ from literals in shape and strings.
  const parsed = JSON.parse(JSON.stringify(items)) as PullAnswer['items'];
  return {
    items: parsed,
    next_cursor: `cursor-${items[0]?.version}`,
    has_more: remaining > 0,
    remaining,
    server_time: new Date(0).toISOString(),
  };
}

function uuid(no: number, random: (limit: number) => number): string {
  const hex = (digits: number, value: number): string => value.toString(16).padStart(digits, '0');
  return `${hex(8, no)}-${hex(4, random(65_536))}-4${hex(3, random(4096))}-a${hex(3, random(4096))}-${hex(12, random(2 ** 48))}`;
}
