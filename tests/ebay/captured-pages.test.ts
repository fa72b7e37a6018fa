import { existsSync, readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { EbayPage } from '#lib/ebay/read-page.ts';
import { readEbayPage } from '#lib/ebay/read-page.ts';

/** Captures of real pages are third-party material: they lie beside the project, never in it. */
const folder = new URL('../../../shared/fixtures/', import.meta.url);
const present = existsSync(folder);

/** Result cards and distinct sellers as a person counted them. */
const counted = [
  { file: 'srp-scard-com-2026-03-earbuds.html', query: '_nkw=x', kind: 'search', sellers: 40, cards: 60 },
  { file: 'srp-scard-com-2026-07-pokemon.noscript.html', query: '_nkw=x', kind: 'search', sellers: 49, cards: 60 },
  { file: 'srp-scard-uk-2025-08-bluray.html', query: '_nkw=x', kind: 'search', sellers: 9, cards: 60 },
  { file: 'srp-scard-vertical-de-2026-04-lego.html', query: '_nkw=x', kind: 'search', sellers: 0, cards: 0 },
  { file: 'srp-sitem-de-2022-05-rucksack.html', query: '_nkw=x', kind: 'search', sellers: 0, cards: 0 },
  { file: 'selleritems-com-2026-07-ssn-starname.html', query: '_ssn=x', kind: 'seller', sellers: 1, cards: 60 },
] as const;

const blocked = [
  'blocked-uk-2026-08-security-measure.html',
  'blocked-com-2026-07-pardon-interruption.html',
  'blocked-com-2026-08-error-page.html',
  'blocked-uk-2025-08-503-edgesuite.html',
];

const partial = [
  { file: 'scard-horizontal-com-2026-09-gplightsusa.html', name: 'gplightsusa', percent: 100, count: 2800 },
  { file: 'sitem-com-2025-01-cellularprofessor.html', name: 'cellularprofessor', percent: 99, count: 18_554 },
];

interface Expected {
  sellers: { username: string; percent: number; count: number }[];
  perCard?: { username?: string }[];
}

function read(path: string, query: string): EbayPage {
  const html = readFileSync(new URL(path, folder), 'utf8');
  return readEbayPage(parseHTML(html).document, `https://www.ebay.com/sch/i.html?${query}`);
}

describe.skipIf(!present)(`captured pages${present ? '' : ' (absent: ../shared/fixtures is not there)'}`, () => {
  const expected = (present ? JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) : {}) as Record<
    string,
    Expected
  >;

  test.each(counted)('$file: $sellers sellers on $cards cards', ({ file, query, kind, sellers, cards }) => {
    const page = read(`html/${file}`, query);
    expect(page.kind).toBe(kind);
    expect(page.occurrences).toHaveLength(cards);
    expect(page.sellers).toHaveLength(sellers);
    const shown = page.sellers.map((one) => `${one.name} ${one.feedback_percent} ${one.feedback_count}`);
    const wanted = (expected[file]?.sellers ?? []).map((one) => `${one.username} ${one.percent} ${one.count}`);
    expect(shown.toSorted()).toEqual(wanted.toSorted());
    const perCard = (expected[file]?.perCard ?? []).flatMap((card) => card.username ?? []);
    expect(page.occurrences.map((one) => one.name)).toEqual(perCard);
  });

  test.each(partial)('$file: $name', ({ file, name, percent, count }) => {
    const { sellers } = read(`partial/${file}`, '_nkw=x');
    expect(sellers).toMatchObject([{ name, feedback_percent: percent, feedback_count: count }]);
  });

  test.each(blocked)('%s is blocked', (file) => {
    expect(read(`html/${file}`, '_nkw=x')).toMatchObject({ kind: 'blocked', sellers: [] });
  });
});
