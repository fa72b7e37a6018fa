export interface Marketplace {
  /** Host of the site, for addresses of search pages. */
  readonly host: string;
  /** ISO 4217; prices of the site are in it. */
  readonly currency: string;
  /** Name of the country, as geo-location parameters of providers want it. */
  readonly country: string;
}

/** eBay's sites by the ids of its Browse API. */
const marketplaces: Readonly<Record<string, Marketplace>> = {
  EBAY_US: { host: 'www.ebay.com', currency: 'USD', country: 'United States' },
  EBAY_GB: { host: 'www.ebay.co.uk', currency: 'GBP', country: 'United Kingdom' },
  EBAY_DE: { host: 'www.ebay.de', currency: 'EUR', country: 'Germany' },
  EBAY_FR: { host: 'www.ebay.fr', currency: 'EUR', country: 'France' },
  EBAY_IT: { host: 'www.ebay.it', currency: 'EUR', country: 'Italy' },
  EBAY_ES: { host: 'www.ebay.es', currency: 'EUR', country: 'Spain' },
  EBAY_AT: { host: 'www.ebay.at', currency: 'EUR', country: 'Austria' },
  EBAY_BE: { host: 'www.ebay.be', currency: 'EUR', country: 'Belgium' },
  EBAY_NL: { host: 'www.ebay.nl', currency: 'EUR', country: 'Netherlands' },
  EBAY_IE: { host: 'www.ebay.ie', currency: 'EUR', country: 'Ireland' },
  EBAY_PL: { host: 'www.ebay.pl', currency: 'PLN', country: 'Poland' },
  EBAY_CH: { host: 'www.ebay.ch', currency: 'CHF', country: 'Switzerland' },
  EBAY_CA: { host: 'www.ebay.ca', currency: 'CAD', country: 'Canada' },
  EBAY_AU: { host: 'www.ebay.com.au', currency: 'AUD', country: 'Australia' },
  EBAY_HK: { host: 'www.ebay.com.hk', currency: 'HKD', country: 'Hong Kong' },
  EBAY_SG: { host: 'www.ebay.com.sg', currency: 'SGD', country: 'Singapore' },
};

/** In the order in which a person is offered them. */
export const marketplaceIds: readonly string[] = Object.keys(marketplaces);

/** `EBAY_GB` → `GB`: the country of a site, as ISO 3166 has it. */
export function countryOf(marketplaceId: string): string {
  return marketplaceId.replace('EBAY_', '');
}

export function findMarketplace(id: string): Marketplace | undefined {
  return Object.hasOwn(marketplaces, id) ? marketplaces[id] : undefined;
}
