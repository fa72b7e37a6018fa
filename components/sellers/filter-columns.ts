import { sellerSources } from '#lib/domain/seller.ts';
import type { CodeField, NumberField } from '#lib/query/query.ts';

/** What a column can be filtered by decides which operators there are for it. */
export type FilterColumn = { readonly title: string } & (
  | { readonly column: 'display_name' | 'platform_id'; readonly kind: 'text'; readonly canBeEmpty: boolean }
  | { readonly column: 'flagged' | 'has_note' | 'refused'; readonly kind: 'yes_no' }
  | { readonly column: 'source'; readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly column: Extract<CodeField, `${string}_run_id`>; readonly kind: 'run' }
  | { readonly column: NumberField; readonly kind: 'number' | 'date'; readonly canBeEmpty: boolean }
);

/** The columns that the filter offers, in this order. */
export const filterColumns: readonly FilterColumn[] = [
  { column: 'display_name', title: 'Name', kind: 'text', canBeEmpty: false },
  { column: 'flagged', title: 'Flagged', kind: 'yes_no' },
  { column: 'times_seen', title: 'Times seen', kind: 'number', canBeEmpty: false },
  { column: 'feedback_percent', title: 'Feedback %', kind: 'number', canBeEmpty: true },
  { column: 'feedback_count', title: 'Feedback count', kind: 'number', canBeEmpty: true },
  { column: 'item_count', title: 'Items', kind: 'number', canBeEmpty: true },
  { column: 'source', title: 'Source', kind: 'choice', choices: sellerSources },
  { column: 'first_seen_run_id', title: 'First run', kind: 'run' },
  { column: 'last_seen_run_id', title: 'Last run', kind: 'run' },
  { column: 'has_note', title: 'Note', kind: 'yes_no' },
  { column: 'platform_id', title: 'Platform ID', kind: 'text', canBeEmpty: true },
  { column: 'created_at', title: 'Created', kind: 'date', canBeEmpty: false },
  { column: 'updated_at', title: 'Updated', kind: 'date', canBeEmpty: false },
  { column: 'refused', title: 'Needs attention', kind: 'yes_no' },
  { column: 'no', title: 'Number in the list', kind: 'number', canBeEmpty: false },
];

export function filterColumn(column: string): FilterColumn | undefined {
  return filterColumns.find((one) => one.column === column);
}
