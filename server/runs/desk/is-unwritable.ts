/**
 * Classes of SQL errors that lie in what was to be written, not in the database's state: cardinality,
 * data, constraint, syntax or type, limits of the program.
 */
const classes: ReadonlySet<string> = new Set(['21', '22', '23', '42', '54']);

/** True when the same transaction would fail again; false for an outage, which passes. */
export function isUnwritable(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return error.code.length === 5 && classes.has(error.code.slice(0, 2));
}
