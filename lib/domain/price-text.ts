/** A price as text: cents and ISO 4217 currency, null where the text names none. */
export interface ParsedPrice {
  price_cents: number;
  currency: string | null;
}

const symbols: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '¥': 'JPY',
  '￥': 'JPY',
  zł: 'PLN',
  kr: 'SEK',
  C$: 'CAD',
  CA$: 'CAD',
  A$: 'AUD',
  AU$: 'AUD',
  S$: 'SGD',
  HK$: 'HKD',
  US$: 'USD',
};

const mark = '(?:CA\\$|AU\\$|US\\$|HK\\$|[CAS]?\\$|[€£₹¥￥]|zł|kr|[A-Z]{3})';
const digits = "\\d{1,3}(?:[ .,'\\u00a0\\u202f]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?";
/** Source of a pattern that matches a price; for callers that look for one within a line. */
export const pricePattern = `(?:${mark}\\s*(?:${digits})|(?:${digits})\\s*${mark}|(?:${digits}))`;

const whole = new RegExp(`^(?:(${mark})\\s*)?(${digits})(?:\\s*(${mark}))?$`, 'u');

/**
 * Reads "$55.99", "XOF 6,765", "12,99 €", "£9.99", "9 999,99 kr"; null for anything else. A bare `$`
 * is the currency given as `dollar`. Three digits after the last separator are thousands.
 */
export function parsePrice(text: string, dollar = 'USD'): ParsedPrice | null {
  const match = whole.exec(text.trim());
  if (!match?.[2]) return null;
  if (match[1] && match[3]) return null;
  const sign = match[1] ?? match[3] ?? null;
  const cents = toCents(match[2]);
  if (!Number.isSafeInteger(cents)) return null;
  return { price_cents: cents, currency: sign === null ? null : sign === '$' ? dollar : (symbols[sign] ?? sign) };
}

function toCents(number: string): number {
  const decimals = /[.,](\d{1,2})$/.exec(number);
  const integer = (decimals ? number.slice(0, -decimals[0].length) : number).replace(/\D/g, '');
  return Number(integer) * 100 + Number((decimals?.[1] ?? '').padEnd(2, '0'));
}
