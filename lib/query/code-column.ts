/** Values of a small set (a choice, a flag, the id of a run) as numbers into a list of those seen. */
export interface CodeColumn {
  get(slot: number): string | null;
  set(slot: number, value: string | null): void;
  /** Code of a slot, to compare with `codeOf`. Codes are in order of first appearance. */
  code(slot: number): number;
  codeOf(value: string | null): number;
  /** Place of each code's value in text order, by code; null for the code of null. */
  ranks(): (number | null)[];
  reserve(slots: number): void;
}

export function createCodeColumn(): CodeColumn {
  const values: (string | null)[] = [null];
  const codes = new Map<string | null, number>([[null, 0]]);
  let byRow = new Uint16Array(0);
  let byRowWide: Uint32Array | null = null;

  function codeOf(value: string | null): number {
    const known = codes.get(value);
    if (known !== undefined) return known;
    values.push(value);
    codes.set(value, values.length - 1);
    if (values.length > 0xffff && byRowWide === null) byRowWide = Uint32Array.from(byRow);
    return values.length - 1;
  }
  const code = (slot: number): number => (byRowWide ?? byRow)[slot] ?? 0;

  return {
    get: (slot) => values[code(slot)] ?? null,
    set(slot, value) {
      const next = codeOf(value);
      (byRowWide ?? byRow)[slot] = next;
    },
    code,
    codeOf,
    ranks() {
      const ordered = values.filter((value) => value !== null).sort((a, b) => (a < b ? -1 : 1));
      const rankOf = new Map(ordered.map((value, rank) => [value, rank]));
      return values.map((value) => (value === null ? null : (rankOf.get(value) ?? null)));
    },
    reserve(slots) {
      if (byRowWide === null) {
        if (slots > byRow.length) byRow = copied(byRow, new Uint16Array(slots));
      } else if (slots > byRowWide.length) byRowWide = copied(byRowWide, new Uint32Array(slots));
    },
  };
}

function copied<T extends Uint16Array | Uint32Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
