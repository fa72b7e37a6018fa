/** What a shortened count's letters stand for; the words of the marketplaces whose pages shorten. */
const MULTIPLIERS: Readonly<Record<string, number>> = {
  k: 1e3,
  tsd: 1e3,
  mil: 1e3,
  mila: 1e3,
  тыс: 1e3,
  m: 1e6,
  mio: 1e6,
  mln: 1e6,
  млн: 1e6,
  b: 1e9,
};

/** What the database holds (32 bits); eBay's largest sellers have some ten million. */
const MAX_COUNT = 2_147_483_647;

const COUNT = /^(\d+(?:[.,'’ ]\d+)*) ?(\p{L}{0,6})\.?\+?$/u;

/**
 * A count as eBay prints it: `810`, `18,554`, `1.532`, `1 532`, `263.6K`, `1,2 Tsd.`; null when it is none.
 * Three digits after every separator are thousands, in any language; anything else is a fraction,
 * which only a shortened count has.
 */
export function parseCount(text: string): number | null {
  const match = COUNT.exec(text.replace(/\s+/gu, ' ').trim());
  if (match === null) return null;
  const [, digits = '', letters = ''] = match;
  const multiplier = letters === '' ? 1 : MULTIPLIERS[letters.toLowerCase()];
  if (multiplier === undefined) return null;
  const [whole = '', ...groups] = digits.split(/[.,'’ ]/u);
  const last = groups.at(-1);
  const isFraction = last !== undefined && last.length !== 3;
  if (isFraction && multiplier === 1) return null;
  const integer = Number(whole + groups.slice(0, isFraction ? -1 : undefined).join(''));
  const count = isFraction ? Math.round(Number(`${integer}.${last}`) * multiplier) : integer * multiplier;
  return count <= MAX_COUNT ? count : null;
}
