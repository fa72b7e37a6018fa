/** eBay's marketplaces. Their subdomains (`befr.ebay.be`, `cafr.ebay.ca`) are marketplaces too. */
const DOMAINS = [
  'ebay.com',
  'ebay.at',
  'ebay.be',
  'ebay.ca',
  'ebay.ch',
  'ebay.co.uk',
  'ebay.com.au',
  'ebay.com.hk',
  'ebay.com.my',
  'ebay.com.sg',
  'ebay.de',
  'ebay.es',
  'ebay.fr',
  'ebay.ie',
  'ebay.it',
  'ebay.nl',
  'ebay.ph',
  'ebay.pl',
];

/** Paths of result lists: searches and sellers' items, categories, their older address. */
const PATHS = ['/sch/*', '/b/*', '/shop/*'];

/** Match patterns of every page that the overlay can read. */
export const marketplaceMatches = DOMAINS.flatMap((domain) => PATHS.map((path) => `https://*.${domain}${path}`));
