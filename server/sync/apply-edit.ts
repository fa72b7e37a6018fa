import { AppError } from '#lib/shared/app-error.ts';
import { invalidData } from './check-mutation.ts';
import type { Outcome, OutcomeRecord, Work } from './outcome.ts';
import { deleteRows } from './sql/delete-rows.ts';
import { findByIdentity } from './sql/find-by-identity.ts';
import { mergeRows, type WrittenRow } from './sql/merge-rows.ts';
import { type ResolvedRow, resolveRows } from './sql/resolve-rows.ts';
import { restoreRows } from './sql/restore-rows.ts';

/** `update` and `flag`: fields merge one by one into the live rows among the ids. */
export async function applyUpdate(work: Work): Promise<Outcome> {
  const { tx, mutation, editTime } = work;
  const rows = await resolve(work);
  const live = rows.filter((row) => row.no !== null && !row.deleted);
  if (live.length === 0) throw new AppError(rows.some(({ deleted }) => deleted) ? 'deleted' : 'not_found');
  await checkRename(work, live);
  const edits = distinctIds(live).map((id) => ({ id, data: mutation.data }));
  return outcome(rows, await mergeRows(tx, work, edits, editTime));
}

/** With `own_ids`, an id that a `create` has led to another row is passed over: that row is somebody else's. */
export async function applyDelete(work: Work): Promise<Outcome> {
  const resolved = await resolve(work);
  const isOwn = ({ requested, id }: ResolvedRow): boolean => requested === id;
  const rows = work.mutation.data['own_ids'] === true ? resolved.filter(isOwn) : resolved;
  if (rows.length === 0) return outcome([], []);
  const found = rows.filter(({ no }) => no !== null);
  if (found.length === 0) throw new AppError('not_found');
  return outcome(rows, await deleteRows(work.tx, work, distinctIds(found), work.mutation.data['never_again'] === true));
}

/** The same id and number with all its fields, unless another live row holds the name by now. */
export async function applyRestore(work: Work): Promise<Outcome> {
  const { tx, orgId, table, mutation } = work;
  const rows = await resolve(work);
  const deleted = rows.filter(({ no, deleted: gone }) => no !== null && gone);
  const restored = await restoreRows(tx, work, mutation.rules, distinctIds(deleted));
  const live = rows.filter(({ no, deleted: gone }) => no !== null && !gone);
  const untouched = live.map(({ id, no, version }) => ({ id, no: no ?? 0, version, changed: false }));
  if (restored.length + untouched.length === 0) {
    const [first] = deleted;
    if (first === undefined) throw new AppError('not_found');
    const holder = await findByIdentity(tx, orgId, table, mutation.rules, [first.identity]);
    throw nameTaken(holder.get(first.identity)?.id);
  }
  return outcome(rows, [...restored, ...untouched]);
}

function resolve({ tx, orgId, table, mutation }: Work): Promise<ResolvedRow[]> {
  return resolveRows(tx, orgId, table, mutation.rules, mutation.ids);
}

/** Throws `name_taken` when the edit would stand and another live row holds the name. */
async function checkRename(
  { tx, orgId, table, mutation, editTime }: Work,
  live: readonly ResolvedRow[],
): Promise<void> {
  const name = mutation.data[mutation.rules.identity[1]];
  if (typeof name !== 'string') return;
  const ids = distinctIds(live);
  if (ids.length > 1) throw invalidData([{ path: 'record_ids', message: 'one name cannot be given to several rows' }]);
  const [row] = live;
  if (row === undefined || row.label_stamp > editTime) return;
  const holder = (await findByIdentity(tx, orgId, table, mutation.rules, [name])).get(name);
  if (holder !== undefined && holder.id !== row.id) throw nameTaken(holder.id);
}

function nameTaken(id: string | undefined): AppError {
  return new AppError('name_taken', { details: { path: 'data.display_name', id } });
}

function distinctIds(rows: readonly ResolvedRow[]): string[] {
  return [...new Set(rows.map(({ id }) => id))];
}

function outcome(rows: readonly ResolvedRow[], written: readonly WrittenRow[]): Outcome {
  const byId = new Map(written.map((row) => [row.id, row]));
  const records = rows.flatMap(({ requested, id }): OutcomeRecord[] => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const { no, version } = row;
    return [requested === id ? { id, no, version } : { id, no, version, requested_id: requested }];
  });
  const missing = rows.filter(({ id }) => !byId.has(id)).map(({ requested }) => requested);
  const changed = written.filter((row) => row.changed);
  return { records, missing, changed, label: rows.find(({ id }) => id === changed[0]?.id)?.label ?? '' };
}
