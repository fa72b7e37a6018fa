/** Values of a small set (a choice, the id of a run) as numbers into a list of those seen. */
export interface CodeColumn {
  get(slot: number): string | null;
  set(slot: number, value: string | null): void;
  /** Code of a slot. Codes are in order of first appearance; null has one too. */
  code(slot: number): number;
  /** Gives the code of the value, which is made if it is new. */
  codeOf(value: string | null): number;
  setCode(slot: number, code: number): void;
  /** The value of each code. */
  readonly values: readonly (string | null)[];
  /** Place of each code's value in text order, by code; null for the code of null. */
  ranks(): (number | null)[];
  /** Marks with 0 the slots whose code has no 1 in `wanted`. */
  keepCodes(wanted: Uint8Array, marks: Uint8Array): void;
  reserve(slots: number): void;
}

export function createCodeColumn(): CodeColumn {
  const values: (string | null)[] = [null];
  const codes = new Map<string | null, number>([[null, 0]]);
  // A few values take a byte each, thousands of runs two, more than 65,536 four.
  let byRow: Uint8Array | Uint16Array | Uint32Array = new Uint8Array(0);

  function codeOf(value: string | null): number {
    const known = codes.get(value);
    if (known !== undefined) return known;
    values.push(value);
    codes.set(value, values.length - 1);
    if (values.length === 2 ** 8 + 1) byRow = Uint16Array.from(byRow);
    if (values.length === 2 ** 16 + 1) byRow = Uint32Array.from(byRow);
    return values.length - 1;
  }
  const code = (slot: number): number => byRow[slot] ?? 0;
  const setCode = (slot: number, next: number): void => void (byRow[slot] = next);

  return {
    get: (slot) => values[code(slot)] ?? null,
    set(slot, value) {
      // First, because it may make the column wider.
      const next = codeOf(value);
      setCode(slot, next);
    },
    code,
    codeOf,
    setCode,
    values,
    ranks() {
      const ordered = values.filter((value) => value !== null).sort((a, b) => (a < b ? -1 : 1));
      const rankOf = new Map(ordered.map((value, rank) => [value, rank]));
      return values.map((value) => (value === null ? null : (rankOf.get(value) ?? null)));
    },
    keepCodes(wanted, marks) {
      for (let slot = 0; slot < marks.length; slot++)
        marks[slot] = (marks[slot] ?? 0) & (wanted[byRow[slot] ?? 0] ?? 0);
    },
    reserve(slots) {
      if (slots <= byRow.length) return;
      const next = new (byRow.constructor as new (length: number) => typeof byRow)(slots);
      next.set(byRow);
      byRow = next;
    },
  };
}
