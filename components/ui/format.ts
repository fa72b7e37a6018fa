const whole = new Intl.NumberFormat('en-US');
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const percent = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 12345 → “12,345”. */
export function formatNumber(value: number): string {
  return whole.format(value);
}

/** 99.25 → “99.3”; `value` in percent. */
export function formatPercent(value: number): string {
  return percent.format(value);
}

/** A part of a whole → “12.3 %”; one that is there is never “0.0 %”, and one that is not the whole never “100.0 %”. */
export function formatShare(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (part / whole) * 100;
  if (part > 0 && share < 0.05) return '< 0.1 %';
  if (part < whole && share >= 99.95) return '> 99.9 %';
  return `${percent.format(share)} %`;
}

/** Provider cost in cents of a dollar → “$12.34”. */
export function formatCents(cents: number): string {
  return dollars.format(cents / 100);
}

/** Milliseconds → “42 s”, “3 min 05 s”, “1 h 02 min”. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** `1 seller`, `2 sellers`, with separators. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}
