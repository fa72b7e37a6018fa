import type { SourcesAnswer } from '#lib/protocol/collection.ts';

/** What the server can search with: nothing, the built-in catalogue alone, or a provider. */
export type Sources = 'none' | 'catalogue' | 'real';

const kinds: readonly Sources[] = ['none', 'catalogue', 'real'];
const keyOf = (workspace: string) => `sellerdex.sources.${workspace}`;

export const sourceWords: Record<Exclude<Sources, 'real'>, string> = {
  none: 'The server has nothing to search eBay with. Ask its owner to add the keys of a provider.',
  catalogue:
    'Only the practice catalogue is set up: its sellers are made up. A provider’s keys on the server bring real ones.',
};

/** Remembers what the dialog learned of the server, for the popup, which asks nothing while there is no run. */
export function noteSources(workspace: string, { seller }: SourcesAnswer): void {
  const ready = seller.filter(({ configured }) => configured);
  const kind = ready.length === 0 ? 'none' : ready.every(({ id }) => id === 'catalogue') ? 'catalogue' : 'real';
  localStorage.setItem(keyOf(workspace), kind);
}

/** What was noted last; null when nobody has looked yet. */
export function readSources(workspace: string): Sources | null {
  const stored = localStorage.getItem(keyOf(workspace));
  return kinds.find((kind) => kind === stored) ?? null;
}
