import type { SourcesAnswer } from '#lib/protocol/collection.ts';

/** The source that a choice begins with: the one that the server offers first. */
export function preferredSource(
  sources: readonly Pick<SourcesAnswer['seller'][number], 'id' | 'default'>[],
): string | null {
  return sources.find((source) => source.default)?.id ?? null;
}
