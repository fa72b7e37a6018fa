import { z } from 'zod';
import { type SellerView, sellerViewAnswer } from '#lib/protocol/seller-views.ts';

/** The views as the server last gave them, of the one workspace that this browser is connected to. */
const KEY = 'sellerdex.views';
const kept = z.object({ store_key: z.string(), views: z.array(sellerViewAnswer) });

/** What was kept of a workspace, so that its views are there without its server; undefined when nothing was. */
export function readKeptViews(storeKey: string): SellerView[] | undefined {
  try {
    const { store_key, views } = kept.parse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return store_key === storeKey ? views : undefined;
  } catch {
    // Of another version, or damaged: the server has them.
    return undefined;
  }
}

export function keepViews(storeKey: string, views: readonly SellerView[]): void {
  localStorage.setItem(KEY, JSON.stringify({ store_key: storeKey, views }));
}
