import { deepStrictEqual } from 'node:assert/strict';
import { scatteredChanges } from '#bench/store/made-sellers.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Measured, OpenTimes } from './measure-subject.ts';
import { byTime, PULLED, PULLS, top } from './measure-subject.ts';
import type { Timed } from './page.ts';
import { createPlainLists } from './plain-list.ts';
import type { ScatteredFigures } from './results.ts';
import type { Listed } from './subject.ts';

const ANSWERS = 20;
const ANSWER_ROWS = 10_000;
/** Numbers of changes, after those of the rounds. */
const FIRST = 100;

/**
 * 200,000 changed rows come into an open list, 10,000 at a time; then a page that opens what that left, before any work
 * in idle time, and 1,000 further ones. Null when time was up. Every answer is checked.
 */
export async function measureScattered(measured: Measured, limitMs: number): Promise<ScatteredFigures | null> {
  const { browser, subject, made } = measured;
  const live = top(byTime);
  const pull = async (at: number, count: number): Promise<Timed<Listed>> => {
    const answer = scatteredChanges(made, count, FIRST + at);
    for (const row of answer.items as WireSeller[]) made[row.no] = row;
    return browser.call<Timed<Listed>>('bench.pull', [answer, live]);
  };
  const check = (listed: Listed): void =>
    deepStrictEqual(listed, createPlainLists(made)(live.query, live.from, live.to), 'after scattered changes');

  await browser.call('bench.open', [subject, made.length]);
  await browser.call('bench.list', [[live], 0]);
  let scatteredMs = 0;
  for (let at = 0; at < ANSWERS; at++) {
    const { ms, value } = await pull(at, ANSWER_ROWS);
    scatteredMs += ms;
    if (at === ANSWERS - 1) check(value);
    else if (scatteredMs > limitMs) return null;
  }
  await browser.call('bench.close', []);
  await browser.reopen();

  const opened = await browser.call<OpenTimes>('bench.open', [subject, made.length]);
  const [listed] = await browser.call<Timed<Listed>[]>('bench.list', [[live], 0]);
  if (listed !== undefined) check(listed.value);
  const pulls: number[] = [];
  for (let at = 0; at < PULLS; at++) {
    const { ms, value } = await pull(ANSWERS + at, PULLED);
    check(value);
    pulls.push(ms);
  }
  await browser.call('bench.close', []);
  return {
    'scattered 200k': [scatteredMs / 1000],
    'first rows 200k': [opened.first],
    'ready 200k': [opened.ready],
    'live 200k': pulls,
  };
}
