import type { RunSettings } from '#lib/domain/run-settings.ts';
import type { PresetChange } from '#lib/protocol/collection-plans.ts';
import { findCategories, findSource, invalid, readSettings } from '#server/runs/plan-run.ts';
import type { Sources } from '#server/sources/source.ts';

/** What to collect and how, as presets and schedules keep it: nothing is left out any more. */
export interface Choice {
  category_ids: string[];
  product_source: string;
  seller_source: string;
  settings: RunSettings;
}

type Given = Pick<PresetChange, 'category_ids' | 'product_source' | 'seller_source' | 'settings'>;

const nothing = { category_ids: [], product_source: 'catalogue', seller_source: 'catalogue' };

/**
 * What is given, else what was kept before, else the workspace's and the program's defaults. Only what
 * is given is checked, so that a source that has lost its keys stands in the way of no other change.
 * Throws `unknown_ids`, `invalid_request`.
 */
export function readChoice(
  given: Given,
  before: Choice | null,
  { sources, defaults }: { sources: Sources; defaults: Partial<RunSettings> },
): Choice {
  if (given.category_ids !== undefined) findCategories(given.category_ids);
  if (given.product_source !== undefined) findSource(sources.product, 'product_source', given.product_source);
  if (given.seller_source !== undefined) findSource(sources.seller, 'seller_source', given.seller_source);
  const choice = {
    category_ids: [...new Set(given.category_ids ?? before?.category_ids ?? nothing.category_ids)],
    product_source: given.product_source ?? before?.product_source ?? nothing.product_source,
    seller_source: given.seller_source ?? before?.seller_source ?? nothing.seller_source,
    settings:
      given.settings === undefined && before !== null ? before.settings : readSettings(given.settings, defaults),
  };
  if (choice.product_source === 'list' && choice.category_ids.length > 0) {
    throw invalid('category_ids', 'A run over my list takes no categories.');
  }
  return choice;
}

/** Its columns as they are written. */
export function choiceColumns({ category_ids, product_source, seller_source, settings }: Choice) {
  return {
    category_ids: JSON.stringify(category_ids),
    product_source,
    seller_source,
    settings: JSON.stringify(settings),
  };
}
