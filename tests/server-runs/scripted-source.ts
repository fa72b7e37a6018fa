import type { FoundSeller, SellerQuery, SellerSource } from '#server/sources/source.ts';

interface Answer {
  names: string[];
  has_more?: boolean;
  warnings?: string[];
}

/** A provider that answers as told; `answer` may throw what a provider's client throws. */
export function scriptedSource(
  answer: (query: SellerQuery) => Promise<Answer> | Answer,
): SellerSource & { calls: number; mostAtOnce: number } {
  let atOnce = 0;
  const source = {
    id: 'scripted',
    name: 'Scripted',
    configured: true,
    unsupported: () => [],
    calls: 0,
    mostAtOnce: 0,
    async search(query: SellerQuery) {
      source.calls += 1;
      atOnce += 1;
      source.mostAtOnce = Math.max(source.mostAtOnce, atOnce);
      try {
        const { names, has_more = false, warnings = [] } = await answer(query);
        return { sellers: names.map(sellerNamed), has_more, warnings };
      } finally {
        atOnce -= 1;
      }
    },
  };
  return source;
}

function sellerNamed(name: string): FoundSeller {
  return { name, platform_id: null, feedback_percent: 99.5, feedback_count: 1234, country: null };
}

export const listOf = (count: number) => Array.from({ length: count }, (_, at) => ({ title: `thing ${at}` }));
