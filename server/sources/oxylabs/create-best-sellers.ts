import type { Log } from '#server/log.ts';
import { PLACES_PER_PAGE, takePage } from '../best-seller-list.ts';
import type { ProductSource } from '../source.ts';
import type { OxylabsOptions } from './query-oxylabs.ts';
import { missingOxylabs, queryOxylabs, throwForPage } from './query-oxylabs.ts';
import { bestSellersContent, readBestSellers } from './read-best-sellers.ts';

/** Amazon's US best sellers of a browse node, fetched and parsed by Oxylabs. */
export function createBestSellers(options: OxylabsOptions | null, log: Log): ProductSource {
  return {
    id: 'oxylabs',
    name: 'Amazon best sellers (Oxylabs)',
    configured: options !== null,
    currency: 'USD',
    pageSize: PLACES_PER_PAGE,
    async bestSellers({ category, page, limit, signal }) {
      if (!options) throw missingOxylabs();
      const query = {
        source: 'amazon_bestsellers',
        domain: 'com',
        query: category.node_id,
        start_page: page,
        parse: true,
      };
      const { content, status } = await queryOxylabs(options, query, bestSellersContent, signal);
      throwForPage(status);
      const { products, surprises } = readBestSellers(content, page);
      if (surprises.length > 0)
        log('warning', 'Oxylabs’ best sellers are not quite as expected.', { category: category.id, page, surprises });
      return takePage(products, { page, limit });
    },
  };
}
