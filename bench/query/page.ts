import { z } from 'zod';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import { createSellers } from '#bench/store/made-sellers.ts';
import type { Listed, ListQuery, QuerySubject } from './subject.ts';

// As in the extension, whose content security policy forbids eval.
z.config({ jitless: true });

/** Loaded one at a time: two of them bring Dexie along, in versions that do not bear each other. */
const subjects: Record<string, () => Promise<() => QuerySubject>> = {
  sellerdex: async () => (await import('./sellerdex.ts')).createSellerdex,
  'sqlite-opfs': async () => (await import('./sqlite-opfs.ts')).createSqlite,
  'plain-array': async () => (await import('./plain-array.ts')).createPlainArray,
  'dexie-rows': async () => (await import('./dexie-rows.ts')).createDexieRows,
  rxdb: async () => (await import('./rxdb-dexie.ts')).createRxdb,
};

async function load(name: string): Promise<() => QuerySubject> {
  const loader = subjects[name];
  if (loader === undefined) throw new Error(`no subject ${name}`);
  return loader();
}

export interface Timed<T> {
  readonly ms: number;
  readonly value: T;
}

/** Some positions of a list. */
export interface Asked {
  readonly query: ListQuery;
  readonly from: number;
  readonly to: number;
}

const SCREEN = 50;
let subject: QuerySubject | null = null;

function running(): QuerySubject {
  return (
    subject ??
    (() => {
      throw new Error('no subject is open');
    })()
  );
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

const bench = {
  /** Answers how many rows were kept: fewer when time was up. */
  async fill(name: string, rows: number, limitMs: number): Promise<number> {
    const filled = (await load(name))();
    const from = performance.now();
    let kept = 0;
    function* inTime() {
      for (const answer of createSellers(rows).snapshot()) {
        if (performance.now() - from > limitMs) return;
        kept += answer.items.length;
        yield answer;
      }
    }
    await filled.fill(inTime());
    await filled.close();
    return kept;
  },
  /** Milliseconds until a screen of rows could be had, and until all could. */
  async open(name: string, rows: number): Promise<{ first: number; ready: number }> {
    const create = await load(name);
    const start = performance.now();
    const opened = create();
    subject = opened;
    const ready = opened.open().then(() => performance.now() - start);
    const newest: ListQuery = { search: '', flagged: false, sort: { column: 'no', order: 'desc' } };
    while ((await opened.list(newest, 0, SCREEN)).nos.length < Math.min(SCREEN, rows)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return { first: performance.now() - start, ready: await ready };
  },
  /** One after the other, as many as are answered in time, and the first in any case. */
  async list(asked: readonly Asked[], limitMs: number): Promise<Timed<Listed>[]> {
    const answers: Timed<Listed>[] = [];
    const start = performance.now();
    for (const { query, from, to } of asked) {
      if (answers.length > 0 && performance.now() - start > limitMs) break;
      answers.push(await timed(() => running().list(query, from, to)));
    }
    return answers;
  },
  /** Until the list shows what was changed. */
  pull: (answer: PullAnswer, shown: Asked) =>
    timed(async () => {
      await running().pull(answer);
      return running().list(shown.query, shown.from, shown.to);
    }),
  /** `changedMs`: until the change was made, before the list was asked for. */
  async flag(nos: readonly number[], shown: Asked): Promise<Timed<Listed> & { changedMs: number }> {
    const changed = await timed(() => running().flag(nos));
    const listed = await timed(() => running().list(shown.query, shown.from, shown.to));
    return { ms: changed.ms + listed.ms, value: listed.value, changedMs: changed.ms };
  },
  close: () => running().close(),
};

declare global {
  var bench: BenchPage;
}
export type BenchPage = typeof bench;
globalThis.bench = bench;
