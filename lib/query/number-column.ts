import type { Numbers, Nulls } from '#lib/store/packed-page.ts';
import { isNullAt } from '#lib/store/packed-page.ts';

/** Numbers by slot; null is kept apart from every number. */
export interface NumberColumn {
  get(slot: number): number | null;
  set(slot: number, value: number | null): void;
  /** `count` values as a page has them (none at all where every one is null), from slot `start` on. */
  fill(start: number, count: number, values: Numbers, nulls: Nulls): void;
  /** Marks with 0 the slots whose value is null or not within the range, ends included. */
  keepWithin(from: number, to: number, marks: Uint8Array): void;
  reserve(slots: number): void;
}

const NULL = -(2 ** 31);
const MAX = 2 ** 31 - 1;

/**
 * Whole numbers in 4 bytes each for as long as all of them fit, in 8 from the first that does not:
 * at a million rows each such column would otherwise cost 4 MB more.
 */
export function createNumberColumn(kind: 'integer' | 'decimal'): NumberColumn {
  let whole: Int32Array | null = kind === 'integer' ? new Int32Array(0) : null;
  let wide: Float64Array = new Float64Array(0);

  function widen(from: Int32Array): Float64Array {
    wide = Float64Array.from(from, (value) => (value === NULL ? Number.NaN : value));
    whole = null;
    return wide;
  }

  return {
    get(slot) {
      const value = whole === null ? wide[slot] : whole[slot];
      return value === undefined || value === NULL || Number.isNaN(value) ? null : value;
    },
    set(slot, value) {
      if (whole !== null && value !== null && !(Number.isInteger(value) && value > NULL && value <= MAX)) widen(whole);
      if (whole === null) wide[slot] = value ?? Number.NaN;
      else whole[slot] = value ?? NULL;
    },
    fill(start, count, values, nulls) {
      if (whole !== null && !fits(values)) widen(whole);
      const into = whole ?? wide;
      const none = whole === null ? Number.NaN : NULL;
      if (values.length === 0) into.fill(none, start, start + count);
      else into.set(values, start);
      if (nulls === null || values.length === 0) return;
      for (let at = 0; at < count; at++) if (isNullAt(nulls, at)) into[start + at] = none;
    },
    keepWithin(from, to, marks) {
      // No number is below or above NaN, so nulls of wide columns drop out; those of whole ones are the least number.
      const least = whole === null ? from : Math.max(from, NULL + 1);
      const values = whole ?? wide;
      for (let slot = 0; slot < marks.length; slot++) {
        const value = values[slot] ?? Number.NaN;
        if (!(value >= least && value <= to)) marks[slot] = 0;
      }
    },
    reserve(slots) {
      if (whole === null) wide = grown(wide, new Float64Array(slots));
      else whole = grown(whole, new Int32Array(slots));
    },
  };
}

/** Values of the smaller kinds always fit; the least of four bytes stands for null here. */
function fits(values: Numbers): boolean {
  if (values instanceof Float64Array) return false;
  return !(values instanceof Int32Array) || !values.includes(NULL);
}

function grown<T extends Int32Array | Float64Array>(old: T, next: T): T {
  if (old.length >= next.length) return old;
  next.set(old);
  return next;
}
