import type { Clock } from '#server/clock.ts';
import type { Db } from '#server/db/open-database.ts';
import type { Log } from '#server/log.ts';
import { createCatalogue } from './catalogue/create-catalogue.ts';
import { createDailyCalls } from './daily-calls.ts';
import type { EbayBrowseOptions } from './ebay-browse/create-ebay-browse.ts';
import { createEbayBrowse, EBAY_TIME_ZONE } from './ebay-browse/create-ebay-browse.ts';
import { createBestSellers } from './oxylabs/create-best-sellers.ts';
import { createOxylabs } from './oxylabs/create-oxylabs.ts';
import type { OxylabsOptions } from './oxylabs/query-oxylabs.ts';
import type { RapidApiOptions } from './rapidapi/create-rapidapi.ts';
import { createRapidApi, defaultRapidApiUrl } from './rapidapi/create-rapidapi.ts';
import type { ProductSource, Sources } from './source.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SourceDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
}

/** Products that come with the request: nothing is asked and nothing is paid. */
const list: ProductSource = {
  id: 'list',
  name: 'My list',
  configured: true,
  currency: null,
  pageSize: 0,
  bestSellers: () => Promise.resolve({ products: [], has_more: false }),
};

/** All sources; keys, addresses and the catalogue's manners come from the environment. */
export function createSources(env: Environment, deps: SourceDeps): Sources {
  const catalogue = createCatalogue({
    delay: factor(env['SELLERDEX_CATALOGUE_SPEED']),
    faults: factor(env['SELLERDEX_CATALOGUE_FAULTS']),
  });
  const oxylabs = oxylabsOptions(env);
  const products = [
    catalogue.product,
    list,
    createBestSellers(oxylabs, deps.log),
    createRapidApi(rapidApiOptions(env)),
  ];
  const sellers = [catalogue.seller, createEbayBrowse(ebayOptions(env, deps), deps.clock), createOxylabs(oxylabs)];
  return {
    product: new Map(products.map((source) => [source.id, source])),
    seller: new Map(sellers.map((source) => [source.id, source])),
  };
}

function oxylabsOptions(env: Environment): OxylabsOptions | null {
  const username = env['OXYLABS_USERNAME'];
  const password = env['OXYLABS_PASSWORD'];
  if (!username || !password) return null;
  const url = env['OXYLABS_API_URL'] || 'https://realtime.oxylabs.io';
  return { url, username, password, timeoutMs: positive(env['OXYLABS_TIMEOUT_MS'], 180_000) };
}

function rapidApiOptions(env: Environment): RapidApiOptions | null {
  const key = env['RAPIDAPI_KEY'];
  if (!key) return null;
  const timeoutMs = positive(env['RAPIDAPI_TIMEOUT_MS'], 60_000);
  return { url: env['RAPIDAPI_URL'] || defaultRapidApiUrl, key, timeoutMs };
}

function ebayOptions(env: Environment, { db, clock }: SourceDeps): EbayBrowseOptions | null {
  const clientId = env['EBAY_CLIENT_ID'];
  const clientSecret = env['EBAY_CLIENT_SECRET'];
  if (!clientId || !clientSecret) return null;
  const takeCall = createDailyCalls(db, clock, {
    source: 'ebay-browse',
    key: clientId,
    callsPerDay: positive(env['EBAY_CALLS_PER_DAY'], 5000),
    timeZone: EBAY_TIME_ZONE,
  });
  const url = env['EBAY_API_URL'] || 'https://api.ebay.com';
  return { url, clientId, clientSecret, timeoutMs: positive(env['EBAY_TIMEOUT_MS'], 30_000), takeCall };
}

function positive(text: string | undefined, fallback: number): number {
  const value = Math.floor(Number(text));
  return value > 0 ? value : fallback;
}

function factor(text: string | undefined): number {
  const value = Number(text ?? '1');
  return Number.isFinite(value) && value >= 0 ? value : 1;
}
