import { useSyncExternalStore } from 'react';

const steps: readonly [limitMs: number, unitMs: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3_600_000, 60_000, 'minute'],
  [86_400_000, 3_600_000, 'hour'],
  [30 * 86_400_000, 86_400_000, 'day'],
  [365 * 86_400_000, 30 * 86_400_000, 'month'],
  [Number.POSITIVE_INFINITY, 365 * 86_400_000, 'year'],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `at` (epoch milliseconds) as “just now”, “5 minutes ago”, “yesterday”. */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 45_000) return 'just now';
  const step = steps.find(([limit]) => distance < limit) ?? steps[4];
  if (step === undefined) return exact.format(at);
  const [, unitMs, unit] = step;
  return relative.format(Math.sign(at - now) * Math.max(1, Math.floor(distance / unitMs)), unit);
}

// One clock for all of them: a grid shows fifty, and fifty timers would wake the page fifty times.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let minute = Math.floor(Date.now() / 30_000);

function follow(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minute = Math.floor(Date.now() / 30_000);
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A time in words, the exact one on hover. `at` in epoch milliseconds. */
export function RelativeTime({ at, className }: { at: number; className?: string | undefined }) {
  useSyncExternalStore(follow, () => minute);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact.format(at)} className={className}>
      {relativeTime(at, Date.now())}
    </time>
  );
}
