import type { Zod } from '#lib/shared/zod.ts';
import { cleanName, MAX_NOTE_LENGTH, nameProblem, normalizeName, sellerSources } from '#lib/domain/seller.ts';
import type { InsideRow, WireRow } from './columns.ts';
import {
  bool,
  choice,
  decimalOrNull,
  idOrNull,
  integer,
  integerOrNull,
  syncedColumns,
  text,
  textCasedFrom,
  textOrNull,
} from './columns.ts';
import type { RowMutation } from './define-table.ts';
import { defineTable } from './define-table.ts';

const columns = {
  ...syncedColumns,
  platform: choice(['ebay']),
  display_name: textCasedFrom('normalized_name'),
  normalized_name: text(),
  platform_id: textOrNull(),
  flagged: bool(),
  note: textOrNull(),
  source: choice(sellerSources),
  times_seen: integer(),
  first_seen_run_id: idOrNull(),
  last_seen_run_id: idOrNull(),
  feedback_percent: decimalOrNull(),
  feedback_count: integerOrNull(),
  item_count: integerOrNull(),
};

export type Seller = InsideRow<typeof columns>;
export type WireSeller = WireRow<typeof columns>;

export const sellers = defineTable({
  name: 'sellers',
  sql: 'sellers',
  columns,
  search: ['display_name', 'normalized_name'],
  sort: {
    columns: [
      'no',
      'display_name',
      'flagged',
      'times_seen',
      'feedback_percent',
      'feedback_count',
      'item_count',
      'source',
      'created_at',
      'updated_at',
    ],
    by: 'no',
    order: 'desc',
    as: { display_name: 'normalized_name' },
  },
  conflict: 'last_write_wins',
  mutations: sellerMutations,
  apply: applyToSeller,
});

function applyToSeller(row: Seller | null, mutation: RowMutation): Seller | null {
  if (mutation.op === 'create') return withData(row ?? blankSeller(mutation), mutation);
  if (row === null) return null;
  // The row of somebody else that a creation was led to.
  if (mutation.op === 'delete' && mutation.data['own_ids'] === true && row.id !== mutation.id) return row;
  if (mutation.op === 'delete') return { ...row, deleted_at: row.deleted_at ?? mutation.edited_at };
  if (mutation.op === 'restore') return { ...row, deleted_at: null };
  return row.deleted_at === null ? withData(row, mutation) : row;
}

function withData(row: Seller, mutation: RowMutation): Seller {
  const next: Seller = {
    ...row,
    ...(mutation.data as Partial<Seller>),
    updated_at: Math.max(row.updated_at, mutation.edited_at),
  };
  // Flags of 50,000 rows at once are not to look at as many names.
  if (!('display_name' in mutation.data)) return next;
  next.display_name = cleanName(next.display_name);
  next.normalized_name = normalizeName(next.display_name);
  return next;
}

function blankSeller({ id, edited_at }: RowMutation): Seller {
  return {
    id,
    no: 0,
    version: 0,
    created_at: edited_at,
    updated_at: edited_at,
    deleted_at: null,
    platform: 'ebay',
    display_name: '',
    normalized_name: '',
    platform_id: null,
    flagged: false,
    note: null,
    source: 'manual',
    times_seen: 1,
    first_seen_run_id: null,
    last_seen_run_id: null,
    feedback_percent: null,
    feedback_count: null,
    item_count: null,
  };
}

function sellerMutations(z: Zod) {
  const name = z.string().refine((value) => nameProblem(value) === null, {
    error: (issue) => `name: ${nameProblem(String(issue.input))}`,
  });
  const edits = {
    display_name: name,
    flagged: z.boolean(),
    note: z.string().max(MAX_NOTE_LENGTH).nullable(),
  };
  const observations = {
    platform_id: z.string().max(200).nullable(),
    feedback_percent: z.number().min(0).max(100).nullable(),
    feedback_count: z.int32().min(0).nullable(),
    item_count: z.int32().min(0).nullable(),
  };
  return {
    create: z.strictObject({
      ...z.object({ ...edits, ...observations }).partial().shape,
      display_name: name,
      platform: z.literal('ebay').optional(),
      source: z.enum(sellerSources).optional(),
    }),
    update: z.strictObject({ ...edits, ...observations, source: z.enum(sellerSources) }).partial(),
    flag: z.strictObject({ flagged: z.boolean() }),
    delete: z.strictObject({ never_again: z.boolean().optional(), own_ids: z.boolean().optional() }),
    restore: z.strictObject({}),
  };
}
