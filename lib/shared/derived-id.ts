import { hashText } from './hash-text.ts';

/** A UUID (version 8) that follows from another one and a word: the same again whenever a command is repeated. */
export function derivedId(id: string, word: string): string {
  const text = `${id}/${word}`;
  const first = hashText(text, 1);
  const second = hashText(text, 2);
  const hex = [first.high, first.low, second.high, second.low]
    .map((part) => part.toString(16).padStart(8, '0'))
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The negative handle of a row that this client creates under `id`, until the server has given its number. */
export function creationHandle(id: string): number {
  return -1 - (hashText(id).low >>> 1);
}
