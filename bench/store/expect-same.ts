/** Throws unless both hold the same, whatever the order of their properties. */
export function expectSame(held: unknown, wanted: unknown, what: string): void {
  if (canonical(held) !== canonical(wanted))
    throw new Error(`${what} differs: ${canonical(held)} instead of ${canonical(wanted)}`);
}

function canonical(row: unknown): string {
  if (typeof row !== 'object' || row === null) return String(row);
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
