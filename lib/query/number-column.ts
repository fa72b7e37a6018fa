import type { PackedNumbers } from '#lib/store/packed-page.ts';
import { isNullAt, numberAt } from '#lib/store/packed-page.ts';

/** Numbers by slot; null is kept apart from every number. */
export interface NumberColumn {
  get(slot: number): number | null;
  set(slot: number, value: number | null): void;
  /** `count` values as a page has them (none at all where every one is null), from slot `start` on. */
  fill(start: number, count: number, packed: PackedNumbers): void;
  /** Marks with 0 the slots whose value is null or not within the range, ends included. */
  keepWithin(from: number, to: number, marks: Uint8Array): void;
  /** Reads the values as whole numbers in their order (of whatever unit), or null when they are not kept as such. */
  whole(): ((slot: number) => number | null) | null;
  reserve(slots: number): void;
}

const NULL = -(2 ** 31);
/** Sorted ascending, it would be the key of null, which comes last. */
const NULL_LAST = 2 ** 31 - 1;

/**
 * Whole numbers of 1/`unit` in 4 bytes each for as long as all of them are such and fit, in 8 from the first that is
 * not: at a million rows each column would otherwise cost 4 MB more. `unit` null: in 8 from the start (times).
 */
export function createNumberColumn(unit: 1 | 1000 | null): NumberColumn {
  let whole: Int32Array | null = unit === null ? null : new Int32Array(0);
  let wide: Float64Array = new Float64Array(0);
  const scale = unit ?? 1;

  function widen(from: Int32Array): Float64Array {
    wide = Float64Array.from(from, (value) => (value === NULL ? Number.NaN : value / scale));
    whole = null;
    return wide;
  }

  function isWhole(value: number): boolean {
    const scaled = Math.round(value * scale);
    return scaled > NULL && scaled < NULL_LAST && scaled / scale === value;
  }

  function fits(packed: PackedNumbers): boolean {
    const { values, high, base = 0, unit: packedUnit = 1 } = packed;
    if (!(values instanceof Float64Array) && scale % packedUnit === 0 && Number.isInteger(base)) {
      // All that the bytes of a value could say is whole and fits: then nothing needs to be looked at one by one.
      const range = 2 ** (8 * (values.BYTES_PER_ELEMENT + (high?.BYTES_PER_ELEMENT ?? 0)));
      const by = scale / packedUnit;
      if (!(values instanceof Int32Array) && base * by > NULL && (base + range) * by < NULL_LAST) return true;
    }
    for (let at = 0; at < packed.values.length; at++) if (!isWhole(numberAt(packed, at))) return false;
    return true;
  }

  return {
    get(slot) {
      const value = whole === null ? wide[slot] : whole[slot];
      if (value === undefined || value === NULL || Number.isNaN(value)) return null;
      return whole === null ? value : value / scale;
    },
    set(slot, value) {
      if (whole !== null && value !== null && !isWhole(value)) widen(whole);
      if (whole === null) wide[slot] = value ?? Number.NaN;
      else whole[slot] = value === null ? NULL : Math.round(value * scale);
    },
    fill(start, count, packed) {
      const { values, high, base = 0, unit = 1, nulls } = packed;
      if (whole !== null && !fits(packed)) widen(whole);
      const into = whole ?? wide;
      const none = whole === null ? Number.NaN : NULL;
      if (values.length === 0) into.fill(none, start, start + count);
      else {
        const limit = high === undefined ? 0 : 2 ** (8 * values.BYTES_PER_ELEMENT);
        const by = whole === null ? 1 : scale;
        for (let at = 0; at < count; at++) {
          const value = (base + (values[at] ?? 0) + (limit === 0 ? 0 : (high?.[at] ?? 0) * limit)) / unit;
          into[start + at] = by === 1 ? value : Math.round(value * by);
        }
      }
      if (nulls === null || values.length === 0) return;
      for (let at = 0; at < count; at++) if (isNullAt(nulls, at)) into[start + at] = none;
    },
    keepWithin(from, to, marks) {
      // No number is below or above NaN, so nulls of wide columns drop out; those of whole ones are the least number.
      const values = whole ?? wide;
      const by = whole === null ? 1 : scale;
      for (let slot = 0; slot < marks.length; slot++) {
        const value = values[slot] ?? Number.NaN;
        const isNull = whole !== null && value === NULL;
        if (isNull || !(value / by >= from && value / by <= to)) marks[slot] = 0;
      }
    },
    whole() {
      const values = whole;
      if (values === null) return null;
      return (slot) => {
        const value = values[slot] ?? NULL;
        return value === NULL ? null : value;
      };
    },
    reserve(slots) {
      if (whole === null) wide = grown(wide, new Float64Array(slots));
      else whole = grown(whole, new Int32Array(slots));
    },
  };
}

function grown<T extends Int32Array | Float64Array>(old: T, next: T): T {
  if (old.length >= next.length) return old;
  next.set(old);
  return next;
}
