import { createHash } from 'node:crypto';

/** A hash of a mutation as sent; the order of its keys does not matter. */
export function requestHash(mutation: unknown): string {
  return createHash('sha256').update(JSON.stringify(mutation, sortKeys)).digest('base64url');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
