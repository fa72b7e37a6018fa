import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseProductList } from '#lib/domain/product-list.ts';
import { normalizeName } from '#lib/domain/seller.ts';
import { createOxylabs } from '#server/sources/oxylabs/create-oxylabs.ts';
import type { OxylabsStandIn } from '#tests/helpers/oxylabs-stand-in.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import type { RunDatabase } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';

// Third-party material: beside the project where it is, never in it.
const shared = join(process.cwd(), '../shared');
const present = existsSync(join(shared, 'fixtures/html')) && existsSync(join(shared, 'data'));

const searchPages = [
  'srp-scard-com-2026-03-earbuds.html',
  'srp-scard-com-2026-07-pokemon.noscript.html',
  'srp-scard-uk-2025-08-bluray.html',
  // Pages that name no seller at all.
  'srp-scard-vertical-de-2026-04-lego.html',
  'srp-sitem-de-2022-05-rucksack.html',
];
const blockPages = [
  'blocked-com-2026-07-pardon-interruption.html',
  'blocked-com-2026-08-error-page.html',
  'blocked-uk-2025-08-503-edgesuite.html',
  'blocked-uk-2026-08-security-measure.html',
];

/** As a person reads them off the pages: the first, one of each way of naming, and the odd ones. */
const readByEye = [
  ['jlabllc', 99.1, 5100],
  ['laurichshop', 80, 6],
  ['times2sell', 100, 13_900],
  ['avant-garde-cinema', 100, 2900],
  ['kabukicatjapan', 97.7, 22_900],
  ['ls_legacy', 100, 3],
];

interface Expected {
  sellers: { username: string; percent: number; count: number }[];
}

describe.skipIf(!present)(
  `thirty real best sellers on captured pages${present ? '' : ' (skipped: ../shared is absent)'}`,
  () => {
    let database: RunDatabase;
    let standIn: OxylabsStandIn;
    const titles: string[] = [];
    const html = (file: string): string => readFileSync(join(shared, 'fixtures/html', file), 'utf8');
    // Every seventh product meets a block page, each kind once.
    const pageOf = (at: number): string =>
      (at % 7 === 3 ? blockPages[Math.floor(at / 7)] : undefined) ?? searchPages[at % searchPages.length] ?? '';

    beforeAll(async () => {
      database = await openRunDatabase();
      standIn = await startOxylabs((url) => ({
        html: html(pageOf(titles.indexOf(url.searchParams.get('_nkw') ?? ''))),
      }));
    });
    afterAll(async () => {
      await standIn.stop();
      await database.close();
    });

    it('finds exactly the sellers on those pages, and counts block pages as errors', async () => {
      const world = await openWorld(database);
      const { products } = parseProductList(
        readFileSync(join(shared, 'data/amazon-bestsellers-electronics-2026-03.csv'), 'utf8'),
      );
      titles.push(...products.map((product) => product.title));
      expect(titles).toHaveLength(30);
      const deps = world.withSource(createOxylabs({ url: standIn.url, ...credentials, timeoutMs: 20_000 }));
      await world.startEngine(deps, { leaseMs: 30_000 });
      const request = { products, seller_source: 'oxylabs', settings: { pages_per_product: 1 } };
      const { id } = await world.create(request, deps);
      const run = await world.until(id, 'completed', ({ status }) => status === 'completed');

      const expected = JSON.parse(readFileSync(join(shared, 'fixtures/expected.json'), 'utf8')) as Record<
        string,
        Expected
      >;
      const wanted = new Map<string, [string, number, number]>();
      for (const file of searchPages) {
        for (const { username, percent, count } of expected[file]?.sellers ?? [])
          wanted.set(normalizeName(username), [username, percent, count]);
      }
      const rows = await world.rows<{ display_name: string; feedback_percent: number; feedback_count: number }>(
        'select display_name, feedback_percent, feedback_count from sellers',
      );
      const found = rows.map((row) => [row.display_name, row.feedback_percent, row.feedback_count]);
      expect(found.toSorted()).toEqual([...wanted.values()].toSorted());
      for (const seller of readByEye) expect(found).toContainEqual(seller);
      // A person counts 40, 49 and 9 on the pages that name sellers; none is on two of them.
      expect(run).toMatchObject({ sellers_found: 98, sellers_new: 98, products_searched: 26, failed_items: 4 });

      const failed = await world.rows<{ error_code: string }>(
        "select error_code from collection_items where status = 'failed'",
      );
      expect(failed.map((item) => item.error_code)).toEqual(['blocked', 'blocked', 'blocked', 'blocked']);
      // The prices are in XOF: no price range in any search, and an entry that says so.
      expect(standIn.asked.some((url) => url.searchParams.has('_udlo'))).toBe(false);
      const said = await world.rows<{ summary: string }>("select summary from activity where kind = 'run.unsupported'");
      expect(said[0]?.summary).toContain('30 of 30 products are priced in XOF');
      await world.close();
    });
  },
);
