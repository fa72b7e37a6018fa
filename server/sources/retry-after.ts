const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** What a Retry-After header asks for in milliseconds, between 1 s and a year; `fallback` when it says nothing. */
export function retryAfterMs(header: string | null, fallback: number, now = Date.now()): number {
  const seconds = header === null || header.trim() === '' ? Number.NaN : Number(header);
  const at = header === null ? Number.NaN : Date.parse(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Number.isFinite(at) ? at - now : fallback;
  return Math.min(YEAR_MS, Math.max(1000, ms));
}
