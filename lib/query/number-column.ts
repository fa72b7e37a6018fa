/** Numbers by slot; null is kept apart from every number. */
export interface NumberColumn {
  get(slot: number): number | null;
  set(slot: number, value: number | null): void;
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

  function widen(from: Int32Array): void {
    wide = Float64Array.from(from, (value) => (value === NULL ? Number.NaN : value));
    whole = null;
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
