import { microusdToCents } from '#lib/domain/money.ts';
import { sellerPriceKey } from '#lib/domain/price-key.ts';
import type { CollectionSettings, EstimateAnswer } from '#lib/protocol/collection.ts';
import type { CallPrices } from './run.ts';
import type { RunPlan } from './plan-run.ts';
import { unsupportedSettings, withoutPrice } from './unsupported-settings.ts';

/** What the calls of both sides cost in this workspace. */
export function pricesOf(plan: RunPlan, settings: CollectionSettings): CallPrices {
  return {
    product: settings.microusd_per_call[plan.productSource.id] ?? 0,
    seller: settings.microusd_per_call[sellerPriceKey(plan.sellerSource.id)] ?? 0,
  };
}

/** The most that a run can cost when every call succeeds: every page of every product is there. */
export function estimateRun(plan: RunPlan, settings: CollectionSettings): EstimateAnswer & { microusd: number } {
  const prices = pricesOf(plan, settings);
  const { products_per_category: perCategory, pages_per_product: pages } = plan.settings;
  const { pageSize } = plan.productSource;
  const listCalls = pageSize === 0 ? 0 : Math.ceil(perCategory / pageSize);
  const categoryMicrousd = listCalls * prices.product + perCategory * pages * prices.seller;
  const categories = plan.categories.map(({ category }) => ({
    id: category.id,
    calls: listCalls + perCategory * pages,
    products: perCategory,
    cost_cents: microusdToCents(categoryMicrousd),
  }));
  const products = plan.products.length + categories.length * perCategory;
  const calls = plan.products.length * pages + categories.reduce((sum, category) => sum + category.calls, 0);
  const microusd = plan.products.length * pages * prices.seller + categories.length * categoryMicrousd;
  const cost_cents = microusdToCents(microusd);
  const { budget_cap_cents: cap_cents, soft_warning_percent } = settings;
  return {
    categories,
    total: { calls, products, cost_cents },
    budget: {
      cap_cents,
      warn: cost_cents * 100 >= cap_cents * soft_warning_percent,
      allowed: cost_cents <= cap_cents,
    },
    unsupported: [...unsupportedSettings(plan), ...withoutPrice(plan)],
    microusd,
  };
}
