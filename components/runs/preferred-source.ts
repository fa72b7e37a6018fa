import type { SourcesAnswer } from '#lib/protocol/collection.ts';

/** What needs no keys: made-up goods and sellers, and a list that is given and not fetched. */
const withoutProvider: ReadonlySet<string> = new Set(['catalogue', 'list']);

/** The source that a choice begins with: the first provider that has its keys, else the built-in catalogue. */
export function preferredSource(
  sources: readonly Pick<SourcesAnswer['seller'][number], 'id' | 'configured'>[],
): string {
  return sources.find(({ id, configured }) => configured && !withoutProvider.has(id))?.id ?? 'catalogue';
}
