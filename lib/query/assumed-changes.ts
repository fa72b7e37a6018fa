import type { ColumnStore } from './column-store.ts';
import { assumedMarks } from './column-store.ts';
import type { MarkChange } from './query.ts';

/**
 * A change of many rows that is shown before the store has it, so that it is painted in the next frame.
 *
 *   assumed ──(stored)──▶ landed ──(a refresh begun after that has read the outbox)──▶ gone
 *      └──(not stored)──▶ gone
 */
export interface AssumedChange {
  readonly id: string;
  readonly change: MarkChange;
  readonly nos: Float64Array;
  landed: boolean;
}

const opposite: Record<number, number> = {
  [assumedMarks.flagged]: assumedMarks.unflagged,
  [assumedMarks.unflagged]: assumedMarks.flagged,
  [assumedMarks.deleted]: assumedMarks.restored,
  [assumedMarks.restored]: assumedMarks.deleted,
};

/** Shows the changes, one after the other, over the rows as they are. */
export function showAssumed(
  store: ColumnStore,
  changes: readonly AssumedChange[],
  slotOf: (no: number) => number,
): void {
  store.assume(null);
  if (changes.length === 0) return;
  const marks = new Uint8Array(store.slots);
  for (const { change, nos } of changes) {
    const mark = markOf(change);
    const keep = ~(opposite[mark] ?? 0);
    for (const no of nos) {
      const slot = slotOf(no);
      if (slot < 0) continue;
      const before = marks[slot] ?? 0;
      const isLive =
        (before & assumedMarks.restored) !== 0 || ((before & assumedMarks.deleted) === 0 && store.isLive(slot));
      // As the reducer has it: a deleted row takes no flag.
      if (change.op !== 'flag' || isLive) marks[slot] = (before & keep) | mark;
    }
  }
  store.assume(marks);
}

function markOf(change: MarkChange): number {
  if (change.op === 'flag') return change.flagged ? assumedMarks.flagged : assumedMarks.unflagged;
  return change.op === 'delete' ? assumedMarks.deleted : assumedMarks.restored;
}

/** Those of the slots whose row would be changed; of what is given nothing is kept. */
export function slotsToChange(store: ColumnStore, slots: Int32Array, change: MarkChange): Int32Array {
  let count = 0;
  for (const slot of slots) if (needsChange(change, store.isLive(slot), store.isFlagged(slot))) slots[count++] = slot;
  return slots.subarray(0, count);
}

/** Whether a row that is so would be changed. */
export function needsChange(change: MarkChange, isLive: boolean, isFlagged: boolean): boolean {
  if (change.op === 'restore') return !isLive;
  return isLive && (change.op !== 'flag' || isFlagged !== change.flagged);
}
