import { deepStrictEqual } from 'node:assert/strict';
import type { BrowserContext } from '@playwright/test';
import { scatteredChanges } from '#bench/store/made-sellers.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { rendererMemoryMb } from '#tests/helpers/extension-memory.ts';
import type { Asked } from './page.ts';
import { createPlainLists } from './plain-list.ts';
import type { Figures } from './results.ts';
import type { Listed, ListQuery } from './subject.ts';

interface Measured {
  readonly context: BrowserContext;
  readonly profile: string;
  readonly url: string;
  readonly subject: string;
  /** Rows as they were filled; changed here by what is pulled. */
  readonly made: WireSeller[];
  readonly round: number;
}

const SCREEN = 50;
const PULLS = 3;
const PULLED = 1000;
const FLAGGED = 10_000;
const newest: ListQuery = { search: '', flagged: false, sort: { column: 'no', order: 'desc' } };
const byCount: ListQuery = { ...newest, sort: { column: 'feedback_count', order: 'desc' } };
const byName: ListQuery = { ...newest, sort: { column: 'normalized_name', order: 'asc' } };
const byTime: ListQuery = { ...newest, sort: { column: 'updated_at', order: 'desc' } };
const sorts = [newest, byCount, byName, byTime];
/** As a person types, takes back, and types anew. */
const typed = [
  'e',
  'a',
  '1',
  '_',
  't',
  'te',
  'tec',
  'tech',
  'tech-',
  'tech',
  'tec',
  'o',
  'ou',
  'out',
  '12',
  '123',
  'no such',
];

/** One round in a fresh page on the filled profile. In round 1 every answer is checked. */
export async function measureSubject({ context, profile, url, subject, made, round }: Measured): Promise<Figures> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in globalThis);
  const empty = rendererMemoryMb(profile) ?? Number.NaN;
  const opened = await page.evaluate((input) => bench.open(...input), [subject, made.length] as const);
  let plain = createPlainLists(made);
  const expect = ({ query, from, to }: Asked, listed: Listed): void => {
    if (round === 1) deepStrictEqual(listed, plain(query, from, to), JSON.stringify(query));
  };

  async function list(asked: readonly Asked[]): Promise<number[]> {
    const answers = await page.evaluate((some) => bench.list(some), asked);
    answers.forEach(({ value }, at) => expect(asked[at] as Asked, value));
    return answers.map(({ ms }) => ms);
  }
  const top = (query: ListQuery): Asked => ({ query, from: 0, to: SCREEN });
  const ninety = Math.floor(made.length * 0.9);
  const jumps = Array.from({ length: 10 }, (_, at) => ninety + at * 61 - 300).filter((from) => from >= 0);

  // Only the first order that is asked for of fresh data counts: what it leaves behind may help the next.
  const firsts = [byCount, byName, byTime];
  const turn = (round - 1) % firsts.length;
  const first = await list([top(firsts[turn] ?? byCount)]);
  const sortFirst = (at: number): number[] => (at === turn ? first : []);
  await list(firsts.map(top));
  const again = await list([...sorts, ...sorts].map(top));
  const window: number[] = [];
  for (const query of sorts) {
    await list([top(query)]);
    window.push(...(await list(jumps.map((from) => ({ query, from, to: from + SCREEN })))));
  }
  const search: number[] = [];
  for (const query of [newest, byName, byCount]) {
    await list([top(query)]);
    search.push(...(await list(typed.map((text) => top({ ...query, search: text })))));
  }
  const filter = await list(sorts.flatMap((query) => [top({ ...query, flagged: true }), top(query)]));

  const live = top(byTime);
  await list([live]);
  const pulls: number[] = [];
  for (let at = 0; at < PULLS; at++) {
    const answer = scatteredChanges(made, PULLED, round * PULLS + at);
    for (const row of answer.items as WireSeller[]) made[row.no] = row;
    const { ms, value } = await page.evaluate((input) => bench.pull(...input), [answer, live] as const);
    plain = createPlainLists(made);
    expect(live, value);
    pulls.push(ms);
  }
  const flaggedOnly = top({ ...byCount, flagged: true });
  await list([flaggedOnly]);
  const nos = made.flatMap(({ flagged, no }) => (flagged ? [] : [no])).slice(-FLAGGED);
  const flag = await page.evaluate((input) => bench.flag(...input), [nos, flaggedOnly] as const);
  // Shown, but not stored: the next round finds the rows as they were.
  const chosen = new Set(nos);
  plain = createPlainLists(made.map((row) => (chosen.has(row.no) ? { ...row, flagged: true } : row)));
  expect(flaggedOnly, flag.value);
  const memory = (rendererMemoryMb(profile) ?? Number.NaN) - empty;
  await page.evaluate(() => bench.close());
  await page.close();
  return {
    'first rows': [opened.first],
    ready: [opened.ready],
    window,
    search,
    filter,
    'sort number': sortFirst(0),
    'sort text': sortFirst(1),
    'sort time': sortFirst(2),
    sort: first,
    'sort again': again,
    'live pull': pulls,
    'live flag': [flag.ms],
    live: [...pulls, flag.ms],
    memory: [memory],
  };
}
