import { useRef } from 'react';

/** An id for each request, the same for the same request: sent again, it makes no second run. */
export function useRequestId(): (request: object) => string {
  const last = useRef({ text: '', id: '' });
  return (request) => {
    const text = JSON.stringify(request);
    if (text !== last.current.text) last.current = { text, id: crypto.randomUUID() };
    return last.current.id;
  };
}
