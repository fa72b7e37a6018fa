import { AppError } from '#lib/shared/app-error.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import { takeNumbers } from '#server/db/counters.ts';
import { isTableName } from '#lib/tables/index.ts';
import { invalidData } from './check-mutation.ts';
import type { Outcome, OutcomeRecord, Work } from './outcome.ts';
import { findByIdentity } from './sql/find-by-identity.ts';
import { insertAliases } from './sql/insert-aliases.ts';
import { insertRows } from './sql/insert-rows.ts';
import { mergeRows } from './sql/merge-rows.ts';
import { resolveRows } from './sql/resolve-rows.ts';

interface Planned {
  /** Id of the row that stands for the name, existing or to be inserted. */
  id: string;
  exists: boolean;
  data: Record<string, unknown>;
}

/**
 * Creates rows. A name that a live row holds already, or that an earlier row of the same mutation
 * brought, is that row: the given fields are merged into it, and the client's own id leads to it from
 * now on.
 */
export async function applyCreate(work: Work): Promise<Outcome> {
  const { tx, orgId, table, mutation, after, now, editTime } = work;
  const name = mutation.rules.identity[1];
  const names = mutation.rows.map(({ data }) => String(data[name]));
  const holders = await findByIdentity(tx, orgId, table, mutation.rules, names);
  const known = await resolveRows(tx, orgId, table, mutation.rules, mutation.ids);

  const planned = new Map<string, Planned>();
  const missing: string[] = [];
  const aliases = new Map<string, string>();
  for (const [index, row] of mutation.rows.entries()) {
    const own = known[index];
    const rowName = names[index] ?? '';
    const holder = holders.get(rowName)?.id ?? planned.get(rowName)?.id;
    // An id that leads to a row already, its own or by an earlier create, cannot come to mean another.
    if (own !== undefined && (own.no !== null || own.id !== row.id) && own.id !== holder) {
      if (mutation.rows.length === 1) throw own.deleted ? new AppError('deleted') : idInUse();
      missing.push(row.id);
      continue;
    }
    const before = planned.get(rowName);
    const id = holder ?? row.id;
    planned.set(rowName, { id, exists: holders.has(rowName), data: { ...before?.data, ...row.data } });
    if (id !== row.id) aliases.set(row.id, id);
  }
  if (planned.size === 0) throw new AppError('not_found');
  const blanks = [...planned.values()].filter(({ exists }) => !exists).map((plan) => blankRow(work, plan));

  const merged = await mergeRows(
    tx,
    work,
    [...planned.values()].filter(({ exists }) => exists),
    editTime,
  );
  const changed = merged.filter((row) => row.changed);
  const inserted = await insertFresh(work, blanks, after + changed.length);
  await insertAliases(tx, orgId, table.name, aliases, now);

  const written = new Map([...merged, ...inserted].map(({ id, no, version }) => [id, { id, no, version }]));
  const records = mutation.ids.flatMap((requested): OutcomeRecord[] => {
    const record = written.get(aliases.get(requested) ?? requested);
    if (record === undefined) return [];
    return [record.id === requested ? record : { ...record, requested_id: requested }];
  });
  const label = String(mutation.rows[0]?.data[mutation.rules.label] ?? '');
  return { records, missing, changed: [...changed, ...inserted], label };
}

/** A planned row as it is inserted, but for its numbers. */
function blankRow({ table, editTime, now }: Work, { id, data }: Planned): Record<string, unknown> {
  const row = table.apply(null, { op: 'create', id, data, edited_at: now.getTime() });
  if (row === null) throw invalidData([{ path: 'op', message: 'the table makes no row of this' }]);
  const field_stamps = Object.fromEntries(Object.keys(data).map((field) => [field, editTime]));
  return { ...rowToWire(table, row), field_stamps, never_again: false };
}

async function insertFresh({ tx, orgId, table }: Work, blanks: readonly Record<string, unknown>[], after: number) {
  if (blanks.length === 0 || !isTableName(table.name)) return [];
  const first = await takeNumbers(tx, orgId, table.name, blanks.length);
  const rows = blanks.map((row, index) => ({ ...row, no: first + index, version: after + 1 + index }));
  return insertRows(tx, { orgId, table }, rows);
}

function idInUse(): AppError {
  return invalidData([{ path: 'record_ids.0', message: 'the id is another row’s' }]);
}
