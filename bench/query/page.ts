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

/** One list after another, as fast as they are answered. */
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
  async fill(name: string, rows: number): Promise<void> {
    const filled = (await load(name))();
    await filled.fill(createSellers(rows).snapshot());
    await filled.close();
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
  async list(asked: readonly Asked[]): Promise<Timed<Listed>[]> {
    const answers: Timed<Listed>[] = [];
    for (const { query, from, to } of asked) answers.push(await timed(() => running().list(query, from, to)));
    return answers;
  },
  /** Until the list shows what was changed. */
  pull: (answer: PullAnswer, shown: Asked) =>
    timed(async () => {
      await running().pull(answer);
      return running().list(shown.query, shown.from, shown.to);
    }),
  flag: (nos: readonly number[], shown: Asked) =>
    timed(async () => {
      await running().flag(nos);
      return running().list(shown.query, shown.from, shown.to);
    }),
  close: () => running().close(),
};

declare global {
  var bench: BenchPage;
}
export type BenchPage = typeof bench;
globalThis.bench = bench;
