import { normalizeName } from '#lib/domain/seller.ts';
import { keepBoth, keepOthers } from './byte-marks.ts';
import type { ColumnStore } from './column-store.ts';
import type { CodeField, Condition, NumberField } from './query.ts';
import { NEWEST_RUN } from './query.ts';

export type RowCondition = Exclude<Condition, { readonly column: 'display_name' }>;

/** What conditions look at beside the rows. */
export interface ConditionContext {
  readonly newestRun: () => string | null;
  /** Slots of rows with a change that the server refused. */
  readonly refused: () => Iterable<number>;
  /** The platform's id of the seller with this number; null where there is none, undefined while they are being read. */
  readonly platformId: (no: number) => string | null | undefined;
}

/** Marks with 0 the slots whose row does not meet the condition; text is the name search's. */
export function keepCondition(
  store: ColumnStore,
  condition: RowCondition,
  { newestRun, refused, platformId }: ConditionContext,
  marks: Uint8Array,
): void {
  if ('is' in condition) {
    const keep = condition.is ? keepBoth : keepOthers;
    if (condition.column === 'refused') keep(marks, markSlots(refused(), marks.length));
    else keep(marks, condition.column === 'flagged' ? store.flagBytes() : store.noteBytes());
  } else if ('in' in condition) {
    const newest = newestRun();
    const wanted = condition.in.flatMap((value) => (value !== NEWEST_RUN ? [value] : newest === null ? [] : [newest]));
    keepCodes(store, condition.column, wanted, marks);
  } else if (condition.column === 'platform_id') {
    const keeps = platformIdTest(condition);
    for (let slot = 0; slot < marks.length; slot++)
      if (marks[slot] === 1 && !keeps(platformId(store.no(slot)))) marks[slot] = 0;
  } else if ('empty' in condition) keepEmpty(store, condition.column, condition.empty, marks);
  else keepRange(store, condition.column, condition.from ?? -Infinity, condition.to ?? Infinity, marks);
}

function platformIdTest(
  condition: Extract<Condition, { readonly column: 'platform_id' }>,
): (id: string | null | undefined) => boolean {
  // What is not known yet is not said to be empty: whoever deletes all that is listed means those without one.
  if ('empty' in condition) return (id) => id !== undefined && (id === null) === condition.empty;
  const { match } = condition;
  const text = normalizeName(condition.text);
  return (id) => {
    if (id === null || id === undefined) return false;
    const found = normalizeName(id);
    return match === 'exact' ? found === text : match === 'prefix' ? found.startsWith(text) : found.includes(text);
  };
}

function keepCodes(store: ColumnStore, column: CodeField, wanted: readonly (string | null)[], marks: Uint8Array): void {
  const codes = store.code(column);
  const isWanted = new Uint8Array(codes.values.length);
  codes.values.forEach((value, code) => {
    isWanted[code] = Number(wanted.includes(value));
  });
  codes.keepCodes(isWanted, marks);
}

function markSlots(slots: Iterable<number>, length: number): Uint8Array {
  const marked = new Uint8Array(length);
  for (const slot of slots) if (slot >= 0) marked[slot] = 1;
  return marked;
}

function keepEmpty(store: ColumnStore, column: NumberField, empty: boolean, marks: Uint8Array): void {
  const read = column === 'no' ? store.no : store.number(column).get;
  for (let slot = 0; slot < marks.length; slot++)
    if (marks[slot] === 1 && (read(slot) === null) !== empty) marks[slot] = 0;
}

function keepRange(store: ColumnStore, column: NumberField, from: number, to: number, marks: Uint8Array): void {
  if (column !== 'no') return store.number(column).keepWithin(from, to, marks);
  for (let slot = 0; slot < marks.length; slot++) {
    const no = store.no(slot);
    if (!(no >= from && no <= to)) marks[slot] = 0;
  }
}
