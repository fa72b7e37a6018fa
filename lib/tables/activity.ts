import type { InsideRow } from './columns.ts';
import { idOrNull, integer, json, syncedColumns, text, textOrNull } from './columns.ts';
import { defineTable } from './define-table.ts';

const columns = {
  ...syncedColumns,
  actor_id: idOrNull(),
  actor_name: text(),
  kind: text(),
  run_id: idOrNull(),
  table_name: textOrNull(),
  record_count: integer(),
  record_ids: json((z) => z.array(z.uuid()).max(100)),
  summary: text(),
  details: json((z) => z.record(z.string(), z.unknown())),
};

export type Activity = InsideRow<typeof columns>;

export const activity = defineTable({
  name: 'activity',
  sql: 'activity',
  columns,
  search: ['summary', 'actor_name'],
  sort: { columns: ['no', 'created_at', 'kind', 'actor_name'], by: 'no', order: 'desc' },
  conflict: 'read_only',
  mutations: () => ({}),
  apply: (row) => row,
});
