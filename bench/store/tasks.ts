import { expectSame } from './expect-same.ts';
import { ANSWER_ROWS, createRandom, createSellers, type MadeSellers } from './made-sellers.ts';
import type { PullTask } from './pull-from-server.ts';
import { pullFromServer } from './pull-from-server.ts';
import type { Subject } from './subject.ts';

/** What a worker is asked to do; sizes and rounds say which rows it has to find there. */
export type Task =
  | { readonly name: 'fill' | 'rebuild'; readonly rows: number; readonly limitMs: number }
  | PullTask
  | { readonly name: 'change' | 'compact' | 'check'; readonly rows: number; readonly rounds: number }
  | ScatterTask
  | FindTask<'point'>
  | FindTask<'lookup'>;

interface ScatterTask {
  readonly name: 'scatter';
  readonly rows: number;
  /** Rounds of changes before. */
  readonly rounds: number;
  readonly limitMs: number;
}

interface FindTask<Name = 'point' | 'lookup'> {
  readonly name: Name;
  readonly rows: number;
  readonly rounds: number;
  readonly seed: number;
}

export interface Answer {
  /** Milliseconds, one for each time it was done; empty when the subject has no such thing. */
  readonly ms: readonly number[];
  /** Milliseconds until the first answer of a pull was stored. */
  readonly firstMs?: number | undefined;
  /** Rows that were stored: fewer than asked for when time was up. */
  readonly stored: number;
}

/** So many rounds of changes have 1,000 rows each, */
export const CHANGE_ROUNDS = 5;
/** and so many further ones 10,000: 200,000 changes in all. */
export const SCATTER_ROUNDS = 20;
export const SCATTERED_ROWS = SCATTER_ROUNDS * ANSWER_ROWS;
const changedRows = (round: number): number => (round < CHANGE_ROUNDS ? 1000 : ANSWER_ROWS);
const NAMES = 240;
const POINTS = 200;

/** Does the task and throws when the subject does not hold, or find, what it should. */
export async function perform(subject: Subject, task: Task): Promise<Answer> {
  const made = createSellers(task.rows);
  if ('rounds' in task) for (let round = 0; round < task.rounds; round++) made.changes(round, changedRows(round));
  if (task.name === 'lookup') return lookup(subject, made, task);
  await subject.open();
  try {
    return await performOpened(subject, made, task);
  } finally {
    await subject.close();
  }
}

function performOpened(subject: Subject, made: MadeSellers, task: Exclude<Task, { name: 'lookup' }>): Promise<Answer> {
  switch (task.name) {
    case 'fill':
    case 'rebuild':
      return fill(subject, made, task.limitMs, task.name === 'rebuild');
    case 'pull':
      return pullFromServer(subject, task);
    case 'change':
      return change(subject, made, task.rounds);
    case 'scatter':
      return scatter(subject, made, task);
    case 'compact':
      return compact(subject, made.rows);
    case 'check':
      return check(subject, made, task.rounds);
    case 'point':
      return points(subject, made, task);
  }
}

/** The time is that of the subject alone: rows are made between two answers. */
async function fill(subject: Subject, made: MadeSellers, limitMs: number, beside: boolean): Promise<Answer> {
  let ms = beside ? await timed(() => subject.beginRebuild()) : 0;
  let stored = 0;
  for (const answer of made.snapshot()) {
    const received = subject.received?.(answer) ?? answer;
    ms += await timed(() => subject.fill(received));
    stored += answer.items.length;
    if (ms > limitMs) return { ms: [ms], stored };
  }
  ms += await timed(() => subject.filled());
  if (beside) ms += await timed(() => subject.endRebuild());
  return { ms: [ms], stored };
}

async function change(subject: Subject, made: MadeSellers, rounds: number): Promise<Answer> {
  const ms: number[] = [];
  for (let round = 0; round < rounds; round++) ms.push(await changeOnce(subject, made, round));
  return { ms, stored: made.rows };
}

async function changeOnce(subject: Subject, made: MadeSellers, round: number): Promise<number> {
  const answer = made.changes(round, changedRows(round));
  const received = subject.received?.(answer) ?? answer;
  return timed(() => subject.change(received));
}

/** The changes of the rounds from `rounds` on, in one figure. */
async function scatter(subject: Subject, made: MadeSellers, { rounds, limitMs }: ScatterTask): Promise<Answer> {
  let ms = 0;
  for (let at = 0; at < SCATTER_ROUNDS; at++) {
    ms += await changeOnce(subject, made, rounds + at);
    if (ms > limitMs) return { ms: [ms], stored: (at + 1) * ANSWER_ROWS };
  }
  return { ms: [ms], stored: SCATTERED_ROWS };
}

async function compact(subject: Subject, stored: number): Promise<Answer> {
  const { compact: run } = subject;
  return { ms: run === undefined ? [] : [await timed(run)], stored };
}

async function points(subject: Subject, made: MadeSellers, task: FindTask) {
  const random = createRandom(task.seed);
  const ms: number[] = [];
  for (let at = 0; at < POINTS; at++) {
    const no = random(made.rows);
    let row: unknown;
    ms.push(await timed(async () => (row = await subject.point(no))));
    expectSame(row, subject.expected(made.seller(no, task.rounds)), `row ${no}`);
  }
  return { ms, stored: made.rows };
}

/** Half of the names are known. Opening counts: the script has been loaded, nothing has been opened. */
async function lookup(subject: Subject, made: MadeSellers, task: FindTask) {
  const random = createRandom(task.seed);
  const wanted = Array.from({ length: NAMES / 2 }, () => made.seller(random(made.rows), task.rounds));
  const names = wanted.flatMap((row, at) => [row.normalized_name, `nobody-${task.seed}-${at}`]);
  let found: Awaited<ReturnType<Subject['lookup']>> = new Map();
  const ms = await timed(async () => {
    await subject.open();
    found = await subject.lookup(names);
  });
  await subject.close();
  for (const row of wanted) {
    const { no, flagged, times_seen } = found.get(row.normalized_name) ?? {};
    expectSame({ no, flagged, times_seen }, { no: row.no, flagged: row.flagged, times_seen: row.times_seen }, 'name');
  }
  if (found.size !== new Set(wanted.map(({ no }) => no)).size) throw new Error(`${found.size} names found`);
  return { ms: [ms], stored: made.rows };
}

/** Every row as it must be, and none besides. */
async function check(subject: Subject, made: MadeSellers, rounds: number): Promise<Answer> {
  for (let from = 0; from < made.rows; from += ANSWER_ROWS) {
    const to = Math.min(from + ANSWER_ROWS, made.rows);
    const held = await subject.range(from, to);
    if (held.length !== to - from) throw new Error(`${held.length} rows instead of ${to - from} from ${from} on`);
    held.forEach((row, at) => expectSame(row, subject.expected(made.seller(from + at, rounds)), `row ${from + at}`));
  }
  if ((await subject.range(made.rows, made.rows + ANSWER_ROWS)).length > 0) throw new Error('there are further rows');
  return { ms: [], stored: made.rows };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}
