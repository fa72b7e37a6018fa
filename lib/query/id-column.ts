import { readUuid, writeUuid } from '#lib/store/uuid-bytes.ts';

/** UUIDs as 16 bytes each: a million id strings would cost some 60 MB. */
export interface IdColumn {
  get(slot: number): string;
  set(slot: number, value: string): void;
  /** Many at once: 16 bytes each, from slot `start` on. */
  fill(start: number, values: Uint8Array): void;
  /** The ids of these slots, 16 bytes each. */
  copy(slots: ArrayLike<number>): Uint8Array;
  reserve(slots: number): void;
}

export function createIdColumn(): IdColumn {
  let bytes = new Uint8Array(0);
  return {
    get: (slot) => readUuid(bytes, slot * 16),
    set: (slot, value) => void writeUuid(value, bytes, slot * 16),
    fill: (start, values) => bytes.set(values, start * 16),
    copy(slots) {
      // Four bytes at once: a view of each id would take ten times as long.
      const from = new Uint32Array(bytes.buffer);
      const copied = new Uint32Array(slots.length * 4);
      for (let at = 0; at < copied.length; at++) copied[at] = from[(slots[at >> 2] ?? 0) * 4 + (at & 3)] ?? 0;
      return new Uint8Array(copied.buffer);
    },
    reserve(slots) {
      if (slots * 16 <= bytes.length) return;
      const next = new Uint8Array(slots * 16);
      next.set(bytes);
      bytes = next;
    },
  };
}
