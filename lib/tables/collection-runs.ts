import { pauseReasons, runPhases, runStatuses } from '#lib/domain/run.ts';
import { runSettingsSchema } from '#lib/domain/run-settings-schema.ts';
import type { InsideRow, WireRow } from './columns.ts';
import {
  choice,
  choiceOrNull,
  id,
  integer,
  integerOrNull,
  json,
  jsonOrNull,
  syncedColumns,
  text,
  timeOrNull,
} from './columns.ts';
import { defineTable } from './define-table.ts';

const columns = {
  ...syncedColumns,
  name: text(),
  status: choice(runStatuses),
  phase: choice(runPhases),
  pause_reason: choiceOrNull(pauseReasons),
  category_ids: json((z) => z.array(z.string())),
  product_source: text(),
  seller_source: text(),
  settings: json(runSettingsSchema),
  departments_total: integer(),
  departments_completed: integer(),
  categories_total: integer(),
  categories_completed: integer(),
  products_total: integer(),
  products_found: integer(),
  products_searched: integer(),
  total_items: integer(),
  processed_items: integer(),
  failed_items: integer(),
  sellers_found: integer(),
  sellers_new: integer(),
  estimated_cost_cents: integer(),
  actual_cost_cents: integer(),
  budget_cap_cents: integer(),
  checkpoint: jsonOrNull((z) => z.record(z.string(), z.unknown())),
  seller_count_before: integerOrNull(),
  seller_count_after: integerOrNull(),
  created_by: id(),
  started_at: timeOrNull(),
  paused_at: timeOrNull(),
  completed_at: timeOrNull(),
};

export type CollectionRun = InsideRow<typeof columns>;
export type WireCollectionRun = WireRow<typeof columns>;

export const collectionRuns = defineTable({
  name: 'collection-runs',
  sql: 'collection_runs',
  columns,
  search: ['name'],
  sort: {
    columns: ['no', 'name', 'status', 'created_at', 'updated_at', 'completed_at', 'sellers_found', 'sellers_new'],
    by: 'no',
    order: 'desc',
  },
  conflict: 'read_only',
  mutations: () => ({}),
  apply: (row) => row,
});
