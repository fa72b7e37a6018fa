import { z } from 'zod';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import { applyPull } from '#lib/store/apply-pull.ts';
import { BaseDatabase } from '#lib/store/base-database.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import { sellers, type WireSeller } from '#lib/tables/sellers.ts';
import { applyToRows, RowsDatabase } from './dexie-rows.ts';
import { madeSellers, scatteredChanges, snapshotAnswers } from './made-sellers.ts';

// As in the extension, whose content security policy forbids eval.
z.config({ jitless: true });

/** Figures of one subject: rows a second for the whole snapshot; milliseconds for each round of changes. */
export interface Figures {
  apply: number;
  scattered: number[];
}

interface Subject {
  apply(answer: PullAnswer): Promise<void>;
  /** All rows, newest number first, as the subject keeps them. */
  read(): Promise<unknown[]>;
  /** What it must have kept of a wire row. */
  expected(row: WireSeller): unknown;
  remove(): Promise<void>;
}

const SCATTERED = 1000;

const subjects: Record<string, (round: number) => Subject> = {
  sellerdex: (round) => {
    const base = new BaseDatabase('bench', round);
    return {
      apply: async (answer) => void (await applyPull(base, 'sellers', answer)),
      read: () => readTableOf(base, 'sellers'),
      expected: (row) => rowFromWire(sellers, row),
      remove: () => base.delete(),
    };
  },
  'dexie-rows': (round) => {
    const database = new RowsDatabase(`rows-${round}`);
    return {
      apply: (answer) => applyToRows(database, answer),
      read: () => database.sellers.reverse().toArray(),
      expected: (row) => row,
      remove: () => database.delete(),
    };
  },
};

/** One round of one subject in a fresh database; throws when it does not hold what it should afterwards. */
async function measure(name: string, rows: number, round: number, rounds: number): Promise<Figures> {
  const made = madeSellers(rows);
  const answers = snapshotAnswers(made);
  const changes = Array.from({ length: rounds }, (_, at) => scatteredChanges(made, SCATTERED, at));
  const subject = subjects[name]?.(round);
  if (subject === undefined) throw new Error(`no subject ${name}`);
  const start = performance.now();
  for (const answer of answers) await subject.apply(answer);
  const apply = rows / ((performance.now() - start) / 1000);
  if (round === 1) await check(subject, made);
  const scattered: number[] = [];
  for (const answer of changes) {
    const from = performance.now();
    await subject.apply(answer);
    scattered.push(performance.now() - from);
  }
  if (round === 1) await check(subject, afterChanges(made, changes));
  await subject.remove();
  return { apply, scattered };
}

function afterChanges(made: readonly WireSeller[], changes: readonly PullAnswer[]): WireSeller[] {
  const rows = [...made];
  for (const row of changes.flatMap(({ items }) => items as WireSeller[])) rows[row.no] = row;
  return rows;
}

async function check(subject: Subject, rows: readonly WireSeller[]): Promise<void> {
  const held = await subject.read();
  if (held.length !== rows.length) throw new Error(`${held.length} rows instead of ${rows.length}`);
  held.forEach((row, at) => {
    const wanted = rows[rows.length - 1 - at];
    if (wanted === undefined || canonical(row) !== canonical(subject.expected(wanted)))
      throw new Error(`row ${rows.length - 1 - at} differs`);
  });
}

function canonical(row: unknown): string {
  return JSON.stringify(Object.entries(row as object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

declare global {
  var measure: (name: string, rows: number, round: number, rounds: number) => Promise<Figures>;
}
globalThis.measure = measure;
