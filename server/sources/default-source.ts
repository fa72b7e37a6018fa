import type { Source } from './source.ts';

/** Asks nobody: what a person gives, and what is made up. */
const notReal: ReadonlySet<string> = new Set(['list', 'catalogue']);

/** Id of the source to offer first: the first real one that is configured, else the built-in catalogue. */
export function defaultSource(side: ReadonlyMap<string, Source>): string {
  const real = [...side.values()].find(({ id, configured }) => configured && !notReal.has(id));
  return real?.id ?? 'catalogue';
}
