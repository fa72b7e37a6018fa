import { MAX_PRODUCTS } from '#lib/domain/max-products.ts';
import type { ProductList } from '#lib/domain/product-list.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import type { RunRequest } from '#lib/protocol/collection.ts';
import type { Preset } from '#lib/protocol/collection-plans.ts';
import { draftToSettings, type SettingsDraft, settingsToDraft } from './settings-draft.ts';

/** What a person chose in the dialog. */
export interface RunChoice {
  from: 'categories' | 'list';
  categories: ReadonlySet<string>;
  productSource: string | null;
  sellerSource: string | null;
  /** Null: untouched, so the server takes the workspace's defaults. */
  settings: SettingsDraft | null;
}

/** What the dialog holds while a run is put together. */
export interface RunDraft extends RunChoice {
  list: ProductList;
}

export const emptyChoice: RunChoice = {
  from: 'categories',
  categories: new Set(),
  productSource: null,
  sellerSource: null,
  settings: null,
};

/** The settings of a draft; undefined when they are left to the server, null when something is wrong in them. */
export function chosenSettings(choice: Pick<RunChoice, 'settings'>): RunSettings | null | undefined {
  return choice.settings === null ? undefined : draftToSettings(choice.settings).settings;
}

/**
 * The request for a draft, or null while nothing is chosen or a setting is wrong. The same choice gives the
 * same request.
 */
export function draftRequest(draft: RunDraft): RunRequest | null {
  const settings = chosenSettings(draft);
  if (settings === null) return null;
  const rest = {
    ...(draft.sellerSource === null ? {} : { seller_source: draft.sellerSource }),
    ...(settings === undefined ? {} : { settings }),
  };
  if (draft.from === 'list') {
    if (draft.list.products.length === 0 || draft.list.products.length > MAX_PRODUCTS) return null;
    return { products: draft.list.products, product_source: 'list', ...rest };
  }
  if (draft.categories.size === 0) return null;
  const product = draft.productSource === null ? {} : { product_source: draft.productSource };
  return { category_ids: [...draft.categories].sort(), ...product, ...rest };
}

/** What a preset or a schedule stands for; of its categories those that there are today. */
export function planToChoice(plan: Preset, known: ReadonlySet<string>): RunChoice {
  return {
    from: plan.product_source === 'list' ? 'list' : 'categories',
    categories: new Set(plan.category_ids.filter((id) => known.has(id))),
    productSource: plan.product_source === 'list' ? null : plan.product_source,
    sellerSource: plan.seller_source,
    settings: settingsToDraft(plan.settings),
  };
}
