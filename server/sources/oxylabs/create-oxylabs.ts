import { z } from 'zod';
import { findMarketplace } from '#lib/domain/marketplace.ts';
import type { SellerSource } from '../source.ts';
import { createPageReader } from './page-reader.ts';
import type { OxylabsOptions } from './query-oxylabs.ts';
import { missingOxylabs, queryOxylabs } from './query-oxylabs.ts';
import { searchUrl, unsupportedByPages } from './search-url.ts';

/** eBay's own search pages, fetched through Oxylabs and read by the overlay's parser. */
export function createOxylabs(options: OxylabsOptions | null): SellerSource {
  const readPage = createPageReader();
  return {
    id: 'oxylabs',
    name: 'eBay search pages (Oxylabs)',
    configured: options !== null,
    unsupported: unsupportedByPages,
    async search({ signal, ...query }) {
      if (!options) throw missingOxylabs();
      const { href: url, searchParams } = searchUrl(query);
      const geo_location = findMarketplace(query.settings.marketplace)?.country ?? 'United States';
      const target = { source: 'universal', url, geo_location };
      const { content: html, status } = await queryOxylabs(options, target, z.string(), signal);
      const found = await readPage({ html, status, url });
      // The pages say it in the marketplace's language; asked for one country, they show items there alone.
      const country = searchParams.has('LH_PrefLoc') ? query.settings.location : null;
      return { ...found, sellers: found.sellers.map((seller) => ({ ...seller, country })) };
    },
  };
}
