import type { SellerSourceKind } from '#lib/domain/seller.ts';

export const sourceWords: Record<SellerSourceKind, string> = {
  run: 'Run',
  overlay: 'eBay page',
  manual: 'By hand',
  import: 'Import',
};
