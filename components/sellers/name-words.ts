import { MAX_NAME_LENGTH, nameProblem } from '#lib/domain/seller.ts';

const words: Record<NonNullable<ReturnType<typeof nameProblem>>, string> = {
  empty: 'Enter a name.',
  too_long: `Shorten the name: at most ${MAX_NAME_LENGTH} characters.`,
  control_characters: 'The name has characters that cannot be shown. Remove them.',
};

/** What is wrong with a typed name, in words, or null. */
export function nameWords(name: string): string | null {
  const problem = nameProblem(name);
  return problem === null ? null : words[problem];
}
