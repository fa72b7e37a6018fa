import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** The newest value, for callbacks that must keep their identity. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
