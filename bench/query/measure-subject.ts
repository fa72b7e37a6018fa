import { deepStrictEqual } from 'node:assert/strict';
import { scatteredChanges } from '#bench/store/made-sellers.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { BenchBrowser } from '../shared/bench-browser.ts';
import type { Asked, Timed } from './page.ts';
import { createPlainLists } from './plain-list.ts';
import type { Figures } from './results.ts';
import type { Listed, ListQuery } from './subject.ts';

export interface OpenTimes {
  readonly first: number;
  readonly ready: number;
}

export interface Measured {
  /** On the filled profile, with a page in which nothing was opened yet. */
  readonly browser: BenchBrowser;
  readonly subject: string;
  /** Rows as they were filled; changed here by what is pulled. */
  readonly made: WireSeller[];
  readonly round: number;
  /** No further question of a metric is asked after so long. */
  readonly patienceMs: number;
  /** Says what a table cannot show. */
  readonly note: (says: string) => void;
}

const SCREEN = 50;
export const PULLS = 3;
export const PULLED = 1000;
const FLAGGED = 10_000;
const newest: ListQuery = { search: '', flagged: false, sort: { column: 'no', order: 'desc' } };
const byCount: ListQuery = { ...newest, sort: { column: 'feedback_count', order: 'desc' } };
const byName: ListQuery = { ...newest, sort: { column: 'normalized_name', order: 'asc' } };
export const byTime: ListQuery = { ...newest, sort: { column: 'updated_at', order: 'desc' } };
const sorts = [newest, byCount, byName, byTime];
export const top = (query: ListQuery): Asked => ({ query, from: 0, to: SCREEN });
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
export async function measureSubject({ browser, subject, made, round, patienceMs, note }: Measured): Promise<Figures> {
  const empty = browser.memoryMb() ?? Number.NaN;
  const opened = await browser.call<OpenTimes>('bench.open', [subject, made.length]);
  let plain = createPlainLists(made);
  const expect = ({ query, from, to }: Asked, listed: Listed): void => {
    if (round === 1) deepStrictEqual(listed, plain(query, from, to), JSON.stringify(query));
  };

  let count = { asked: 0, answered: 0 };
  /** In a page of its own: what one order leaves behind may help the next. */
  async function listFirst(query: ListQuery): Promise<number[]> {
    await browser.reopen();
    await browser.call('bench.open', [subject, made.length]);
    const times = await list([top(query)]);
    await browser.call('bench.close', []);
    return times;
  }
  async function list(asked: readonly Asked[]): Promise<number[]> {
    const answers = await browser.call<Timed<Listed>[]>('bench.list', [asked, patienceMs]);
    count = { asked: count.asked + asked.length, answered: count.answered + answers.length };
    answers.forEach(({ value }, at) => expect(asked[at] as Asked, value));
    return answers.map(({ ms }) => ms);
  }
  const ninety = Math.floor(made.length * 0.9);
  const jumps = Array.from({ length: 10 }, (_, at) => ninety + at * 61 - 300).filter((from) => from >= 0);

  const [firstNumber = Number.NaN] = await list([top(byCount)]);
  await list([byName, byTime].map(top));
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
    const { ms, value } = await browser.call<Timed<Listed>>('bench.pull', [answer, live]);
    plain = createPlainLists(made);
    expect(live, value);
    pulls.push(ms);
  }
  const flaggedOnly = top({ ...byCount, flagged: true });
  await list([flaggedOnly]);
  const nos = made.flatMap(({ flagged, no }) => (flagged ? [] : [no])).slice(-FLAGGED);
  const flag = await browser.call<Timed<Listed>>('bench.flag', [nos, flaggedOnly]);
  // Shown, but not stored: the next round finds the rows as they were.
  const chosen = new Set(nos);
  plain = createPlainLists(made.map((row) => (chosen.has(row.no) ? { ...row, flagged: true } : row)));
  expect(flaggedOnly, flag.value);
  const memory = (browser.memoryMb() ?? Number.NaN) - empty;
  await browser.call('bench.close', []);
  const [firstName = Number.NaN] = await listFirst(byName);
  const [firstTime = Number.NaN] = await listFirst(byTime);
  if (count.answered < count.asked) note(`${count.answered} of ${count.asked} questions in the time given`);
  return {
    'first rows': [opened.first],
    ready: [opened.ready],
    window,
    search,
    filter,
    'sort number': [firstNumber],
    'sort text': [firstName],
    'sort time': [firstTime],
    sort: [firstNumber, firstName, firstTime],
    'sort again': again,
    'live pull': pulls,
    'live flag': [flag.ms],
    live: [...pulls, flag.ms],
    memory: [memory],
  };
}
