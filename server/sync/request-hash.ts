import { createHash } from 'node:crypto';

/**
 * A hash of a mutation as sent; the order of its keys and the case of its ids do not matter. `seen_at`
 * is left out: a client that repeats an edit may have heard of the server since.
 */
export function requestHash(mutation: Readonly<Record<string, unknown>>): string {
  const { seen_at: _, ...edit } = mutation;
  return createHash('sha256').update(JSON.stringify(edit, inOneForm)).digest('base64url');
}

function inOneForm(key: string, value: unknown): unknown {
  if (key === 'id' && typeof value === 'string') return value.toLowerCase();
  if (key === 'record_ids' && Array.isArray(value)) return value.map((id) => String(id).toLowerCase());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
