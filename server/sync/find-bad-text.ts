/**
 * Path of the first text in a JSON value that Postgres cannot store (a NUL, half of a surrogate
 * pair), or null.
 */
export function findBadText(value: unknown, path: readonly PropertyKey[] = []): string | null {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed() ? path.map(String).join('.') : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const bad = findBadText(key, path) ?? findBadText(inner, [...path, key]);
    if (bad !== null) return bad;
  }
  return null;
}
