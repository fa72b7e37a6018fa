import type { ColumnStore } from './column-store.ts';
import { codeColumns, numberColumns } from './column-store.ts';
import type { CodeField, Facets, NumberField } from './query.ts';

const numberFields: readonly NumberField[] = ['no', ...numberColumns.filter((name) => name !== 'version')];

/** Counts the values of some rows, column by column. */
export function countFacets(store: ColumnStore, slots: Uint32Array): Facets {
  const count = (is: Uint8Array): number => {
    let sum = 0;
    for (const slot of slots) sum += is[slot] ?? 0;
    return sum;
  };
  return {
    total: slots.length,
    flagged: count(store.flagBytes()),
    has_note: count(store.noteBytes()),
    codes: byField(codeColumns, (field) => countCodes(store, field, slots)),
    numbers: byField(numberFields, (field) => measure(field === 'no' ? store.no : store.number(field).get, slots)),
  };
}

function byField<K extends string, T>(fields: readonly K[], of: (field: K) => T): Record<K, T> {
  return Object.fromEntries(fields.map((field) => [field, of(field)])) as Record<K, T>;
}

function countCodes(store: ColumnStore, field: CodeField, slots: Uint32Array): [string | null, number][] {
  const { values, code } = store.code(field);
  const rows = new Uint32Array(values.length);
  for (const slot of slots) {
    const at = code(slot);
    rows[at] = (rows[at] ?? 0) + 1;
  }
  return values
    .map((value, at): [string | null, number] => [value, rows[at] ?? 0])
    .filter(([, many]) => many > 0)
    .toSorted(([, a], [, b]) => b - a);
}

function measure(read: (slot: number) => number | null, slots: Uint32Array): Facets['numbers']['no'] {
  let least = Infinity;
  let greatest = -Infinity;
  let empty = 0;
  for (const slot of slots) {
    const value = read(slot);
    if (value === null) empty += 1;
    else {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  if (empty === slots.length) return { least: null, greatest: null, empty };
  return { least, greatest, empty };
}
