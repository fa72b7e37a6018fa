import { z } from 'zod';
import type { SellerViewChange, SellerViewRequest } from '#lib/protocol/seller-views.ts';
import { sellerViewAnswer, sellerViewsAnswer } from '#lib/protocol/seller-views.ts';
import type { Api } from './client.ts';

/** The workspace's saved views, by name. */
export function listSellerViews(api: Api, signal?: AbortSignal) {
  return api.request({ path: '/seller-views', schema: sellerViewsAnswer, signal });
}

/** Errors: `name_taken`, `invalid_request`. */
export function createSellerView(api: Api, view: SellerViewRequest) {
  return api.request({ method: 'POST', path: '/seller-views', body: view, schema: sellerViewAnswer });
}

/** What is left out stays. Errors: as of `createSellerView`, `not_found`, and `forbidden` for others than its creator and holders of `settings.manage`. */
export function updateSellerView(api: Api, id: string, change: SellerViewChange) {
  return api.request({ method: 'PUT', path: `/seller-views/${id}`, body: change, schema: sellerViewAnswer });
}

/** Errors: `not_found`, `forbidden`. */
export function deleteSellerView(api: Api, id: string) {
  return api.request({ method: 'DELETE', path: `/seller-views/${id}`, schema: z.null() });
}
