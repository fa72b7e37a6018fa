import { useCallback } from 'react';
import { parseRoute, replaceRoute, routeHash, useRoute } from '#components/shell/route.ts';

export interface OpenSeller {
  /** Handle of the seller whose details are open, or null. */
  readonly no: number | null;
  /** Opened, the browser's Back closes it; another one takes the place of the one before. */
  open(no: number): void;
  close(): void;
}

/** Whose details are open, as the address says it: `seller=NUMBER`. */
export function useOpenSeller(): OpenSeller {
  const no = sellerOf(useRoute().params);
  const open = useCallback((next: number) => setAddress(next, no === null), [no]);
  const close = useCallback(() => setAddress(null, false), []);
  return { no, open, close };
}

/** The same without waiting for the page to be drawn. */
export function openSellerNow(): number | null {
  return sellerOf(parseRoute(location.hash).params);
}

function sellerOf(params: URLSearchParams): number | null {
  const said = params.get('seller');
  return said !== null && /^-?\d{1,15}$/.test(said) ? Number(said) : null;
}

function setAddress(no: number | null, asNew: boolean): void {
  const { page, params } = parseRoute(location.hash);
  const rest = Object.fromEntries([...params].filter(([name]) => name !== 'seller'));
  const hash = routeHash(page, no === null ? rest : { ...rest, seller: String(no) });
  if (asNew) {
    location.hash = hash;
    return;
  }
  replaceRoute(hash, history.state);
}

/** Of the address, what another search or order leaves as it is. */
export function keptParams(): Record<string, string> {
  const no = openSellerNow();
  return no === null ? {} : { seller: String(no) };
}
