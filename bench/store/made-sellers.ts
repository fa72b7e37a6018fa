import type { PullAnswer } from '#lib/protocol/pull.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';

/** Answers of a pull have so many rows, the most that the protocol allows. */
export const ANSWER_ROWS = 10_000;

/** A repeatable sequence of numbers 0 ≤ n < limit. */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Sellers 0 … rows-1 as the server sends them, change numbers shuffled against row numbers. */
export function madeSellers(rows: number): WireSeller[] {
  const random = createRandom(7);
  const versions = Array.from({ length: rows }, (_, at) => at + 1);
  for (let at = rows - 1; at > 0; at--) {
    const other = random(at + 1);
    [versions[at], versions[other]] = [versions[other] ?? 0, versions[at] ?? 0];
  }
  return versions.map((version, no) => madeSeller(no, version, random));
}

export function madeSeller(no: number, version: number, random: (limit: number) => number): WireSeller {
  const time = new Date(1_700_000_000_000 + no * 977).toISOString();
  const name = `${['Tech', 'home', 'Best_deal', 'outlet', 'Global.shop'][random(5)]}${['-store', '_uk', '', '2u', '.direct'][random(5)]}${no}`;
  return {
    id: uuid(no, random),
    no,
    version,
    created_at: time,
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

/** The whole of `sellers` as a server answers a first sync: newest row numbers first. */
export function snapshotAnswers(sellers: readonly WireSeller[]): PullAnswer[] {
  const sorted = sellers.toSorted((a, b) => b.no - a.no);
  const answers: PullAnswer[] = [];
  for (let at = 0; at < sorted.length; at += ANSWER_ROWS) {
    const items = sorted.slice(at, at + ANSWER_ROWS);
    answers.push(answerOf(items, at, sorted.length - at - items.length));
  }
  return answers;
}

/** Changes of `count` sellers scattered over the table, by ascending change number. */
export function scatteredChanges(sellers: readonly WireSeller[], count: number, round: number): PullAnswer {
  const random = createRandom(1000 + round);
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, sellers.length)) chosen.add(random(sellers.length));
  const items = [...chosen]
    .flatMap((no) => sellers[no] ?? [])
    .map((row, at) => ({
      ...row,
      version: sellers.length * (round + 1) + at + 1,
      flagged: !row.flagged,
      note: `round ${round}`,
    }));
  return answerOf(items, round, 0);
}

function answerOf(items: readonly WireSeller[], cursor: number, remaining: number): PullAnswer {
  // Through JSON, as from a server: parsed rows differ from literals in shape and strings.
  const parsed = JSON.parse(JSON.stringify(items)) as PullAnswer['items'];
  return {
    items: parsed,
    next_cursor: `cursor-${cursor}`,
    has_more: remaining > 0,
    remaining,
    server_time: new Date(0).toISOString(),
  };
}

function uuid(no: number, random: (limit: number) => number): string {
  const hex = (digits: number, value: number): string => value.toString(16).padStart(digits, '0');
  return `${hex(8, no)}-${hex(4, random(65_536))}-4${hex(3, random(4096))}-a${hex(3, random(4096))}-${hex(12, random(2 ** 48))}`;
}
