import { createContext, useContext } from 'react';

/** What is searched for, which names show where they have it. */
export const SearchTextContext = createContext('');

/** A name with what is searched for marked in it. */
export function Highlighted({ text }: { text: string }) {
  const [start, end] = foundIn(text, useContext(SearchTextContext));
  if (start === end) return text;
  return (
    <>
      {text.slice(0, start)}
      <mark className="rounded-xs bg-fresh text-inherit">{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}

/** Where a search finds itself in a shown name, whose case does not count; an empty range where it cannot be told. */
export function foundIn(text: string, search: string): [start: number, end: number] {
  const wanted = search.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
  const lower = text.toLowerCase();
  // Some letters are two in lower case: then places in the one are not places in the other.
  if (wanted === '' || lower.length !== text.length) return [0, 0];
  const start = lower.indexOf(wanted);
  return start < 0 ? [0, 0] : [start, start + wanted.length];
}
