/** Keys remembered are this many at least, and twice as many at most. */
const GENERATION = 5_000;

export interface TokenBuckets {
  /** Whether something was taken for the key and not forgotten since. */
  has(key: string): boolean;
  /** Milliseconds to wait until there is one to take for the key; 0: now. */
  waitMs(key: string): number;
  take(key: string): void;
  forget(key: string): void;
}

/**
 * A bucket for each key, which holds at most `perMinute`, at first too, and refills steadily. Keys that
 * were not used for long are forgotten, a generation at a time: looking for the oldest one in a map of
 * 10,000 takes long, because a map keeps the places of what was deleted.
 */
export function createTokenBuckets(perMinute: number, now: () => number = Date.now): TokenBuckets {
  type Buckets = Map<string, { left: number; at: number }>;
  let young: Buckets = new Map();
  let old: Buckets = new Map();
  const perMs = perMinute / 60_000;
  const leftOf = (key: string): number => {
    const bucket = young.get(key) ?? old.get(key);
    return bucket === undefined ? perMinute : Math.min(perMinute, bucket.left + (now() - bucket.at) * perMs);
  };
  return {
    has: (key) => young.has(key) || old.has(key),
    waitMs: (key) => Math.max(0, Math.ceil((1 - leftOf(key)) / perMs)),
    take: (key) => {
      young.set(key, { left: leftOf(key) - 1, at: now() });
      if (young.size < GENERATION) return;
      old = young;
      young = new Map();
    },
    forget: (key) => {
      young.delete(key);
      old.delete(key);
    },
  };
}
