import { useEffect, useState } from 'react';

/** Epoch milliseconds, anew every second while `ticking`. */
export function useSecond(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
