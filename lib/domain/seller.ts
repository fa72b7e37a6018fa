/** Longest name accepted, in UTF-16 units. eBay allows 64; store imports have been longer. */
export const MAX_NAME_LENGTH = 200;
export const MAX_NOTE_LENGTH = 10_000;

/** A name as it is shown: trimmed, NFKC, inner white space single. */
export function cleanName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/**
 * The identity of a seller within a platform. Punctuation is kept: `cartridgeman07` and
 * `cartridge_man07` are two people.
 */
export function normalizeName(name: string): string {
  return cleanName(name).toLowerCase();
}

/** Why a name cannot be a seller's, or null when it can. */
export function nameProblem(name: string): 'empty' | 'too_long' | 'control_characters' | null {
  const clean = cleanName(name);
  if (clean === '') return 'empty';
  if (clean.length > MAX_NAME_LENGTH) return 'too_long';
  if (/\p{Cc}|\p{Cs}/u.test(clean)) return 'control_characters';
  return null;
}

export const sellerSources = ['run', 'overlay', 'manual', 'import'] as const;
export type SellerSourceKind = (typeof sellerSources)[number];
