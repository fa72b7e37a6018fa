import type { RunEntry } from './record-activity.ts';
import { linksOf } from './run-links.ts';
import type { Run } from './run.ts';

const number = new Intl.NumberFormat('en-US');

interface ListSizes {
  seller_count_before?: number;
  seller_count_after?: number;
}

/** The audit entry of a start with the size of the list and where the run comes from, of an end with both sizes. */
export function withListSizes(entry: RunEntry, run: Run, sizes: ListSizes): RunEntry {
  const before = sizes.seller_count_before ?? run.seller_count_before;
  const after = sizes.seller_count_after;
  if (entry.kind === 'run.started') {
    const links = linksOf(run);
    const summary = links.schedule_id === undefined ? entry.summary : `${entry.summary} as scheduled`;
    return { ...entry, summary, details: { ...entry.details, ...links, seller_count_before: before } };
  }
  if (after === undefined) return entry;
  const details = { ...entry.details, seller_count_before: before, seller_count_after: after };
  // A run that ends before it began has no size of the list from its start.
  if (before === null) return { ...entry, details };
  const went = `the list went from ${number.format(before)} to ${number.format(after)}`;
  return { ...entry, summary: `${entry.summary}; ${went}`, details };
}
