import type { RunSettings } from '#lib/domain/run-settings.ts';
import type { Category } from './categories.ts';

export interface FoundProduct {
  /** The ASIN where there is one; unique within a run. */
  external_id: string;
  title: string;
  /** Cents of `currency`; null when the source shows no price. */
  price_cents: number | null;
  currency: string | null;
  /** Place in the list of best sellers, from 1; null when unknown. */
  rank: number | null;
}

export interface FoundSeller {
  name: string;
  platform_id: string | null;
  feedback_percent: number | null;
  feedback_count: number | null;
  /** ISO 3166 code of the country that the item found is in; null when the source does not say. */
  country: string | null;
}

export interface CallContext {
  /** Pages count from 1. */
  page: number;
  /** 0 for the first try of this page, then 1, 2 … */
  attempt: number;
  signal: AbortSignal;
}

export interface ProductQuery extends CallContext {
  category: Category;
  /** Products wanted of the category over all its pages. */
  limit: number;
}

export interface SellerQuery extends CallContext {
  title: string;
  price_cents: number | null;
  currency: string | null;
  settings: RunSettings;
}

export interface Source {
  readonly id: string;
  readonly name: string;
  /** False when the keys it needs are not in the environment. */
  readonly configured: boolean;
}

/** A setting of a run that is not done, or not as a person would take it. */
export interface UnsupportedSetting {
  setting: keyof RunSettings;
  /** What happens instead, in a sentence for people. */
  message: string;
}

/**
 * Both kinds make exactly one paid call per page and throw AppError with one of `rate_limited`
 * (details.retry_after_ms), `timeout`, `http_error`, `parse_error`, `blocked`, `auth`, `quota`.
 */
export interface ProductSource extends Source {
  /** Of all its prices (ISO 4217); null when they come with the request, each in its own. */
  readonly currency: string | null;
  /** How many products a page holds, for estimates; 0 when the source makes no calls. */
  readonly pageSize: number;
  bestSellers(query: ProductQuery): Promise<{ products: FoundProduct[]; has_more: boolean }>;
}

export interface SellerSource extends Source {
  /** What of these settings its searches cannot do. */
  unsupported(settings: RunSettings): UnsupportedSetting[];
  search(query: SellerQuery): Promise<{
    sellers: FoundSeller[];
    has_more: boolean;
    /** What the provider did not do as asked, in words for people; the results are there all the same. */
    warnings?: readonly string[];
  }>;
}

export interface Sources {
  readonly product: ReadonlyMap<string, ProductSource>;
  readonly seller: ReadonlyMap<string, SellerSource>;
}
