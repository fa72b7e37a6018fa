/**
 * Under which name the price of a call of a source of sellers is kept. Oxylabs is a source of products too,
 * and charges another price for those.
 */
export const sellerPriceKey = (source: string): string => (source === 'oxylabs' ? 'oxylabs-ebay' : source);
