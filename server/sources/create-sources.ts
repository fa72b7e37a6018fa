import { createCatalogue } from './catalogue/create-catalogue.ts';
import { createOxylabs } from './oxylabs/create-oxylabs.ts';
import type { ProductSource, Sources } from './source.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Products that come with the request: nothing is asked and nothing is paid. */
const list: ProductSource = {
  id: 'list',
  name: 'My list',
  configured: true,
  pageSize: 0,
  bestSellers: () => Promise.resolve({ products: [], has_more: false }),
};

/** All sources; keys, addresses and the catalogue's manners come from the environment. */
export function createSources(env: Environment): Sources {
  const catalogue = createCatalogue({
    delay: factor(env['SELLERDEX_CATALOGUE_SPEED']),
    faults: factor(env['SELLERDEX_CATALOGUE_FAULTS']),
  });
  const username = env['OXYLABS_USERNAME'];
  const password = env['OXYLABS_PASSWORD'];
  const oxylabs = createOxylabs(
    username && password
      ? {
          url: env['OXYLABS_API_URL'] ?? 'https://realtime.oxylabs.io',
          username,
          password,
          timeoutMs: Number(env['OXYLABS_TIMEOUT_MS']) || 180_000,
        }
      : null,
  );
  return {
    product: new Map([catalogue.product, list].map((source) => [source.id, source])),
    seller: new Map([catalogue.seller, oxylabs].map((source) => [source.id, source])),
  };
}

function factor(text: string | undefined): number {
  const value = Number(text ?? '1');
  return Number.isFinite(value) && value >= 0 ? value : 1;
}
