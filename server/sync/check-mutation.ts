import { wireMutation, type WireMutation } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { MutationOp, TableDeclaration } from '#lib/tables/define-table.ts';
import { isTableName, tables } from '#lib/tables/index.ts';
import { mutationSchemas } from '#lib/tables/wire-schemas.ts';
import { problemsOf } from '#server/http/answer-error.ts';
import { findBadText } from './find-bad-text.ts';
import { tableRules, type TableRules } from './table-rules.ts';

/** A mutation that is well formed; whether it can be applied is another matter. */
export interface CheckedMutation {
  readonly id: string;
  readonly table: TableDeclaration;
  readonly rules: TableRules;
  readonly op: MutationOp;
  /** Each id once. For `create`: of the rows, in order. */
  readonly ids: readonly string[];
  /** Prepared data, the same for every id; `create` has it per row. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly rows: readonly { readonly id: string; readonly data: Record<string, unknown> }[];
  readonly editedAt: number;
  readonly seenAt: number | null;
}

/** Throws `unknown_table`, `unknown_op` or `invalid_data` (with the path of each problem). */
export function checkMutation(given: unknown): CheckedMutation {
  const parsed = wireMutation.safeParse(given);
  if (!parsed.success) throw invalidData(problemsOf(parsed.error));
  const { id, table: name, op, record_ids, data, rows, edited_at, seen_at } = parsed.data;
  const rules = isTableName(name) ? tableRules[name] : undefined;
  if (!isTableName(name)) throw new AppError('unknown_table', { details: { path: 'table', table: name } });
  const table: TableDeclaration = tables[name];
  if (rules === undefined || !isOp(table, op)) throw new AppError('unknown_op', { details: { path: 'op', op } });
  const common = {
    id,
    table,
    rules,
    op,
    editedAt: Date.parse(edited_at),
    seenAt: seen_at == null ? null : Date.parse(seen_at),
  };
  if (op === 'create') {
    const checked = rowsOf(parsed.data).map((row, index) => ({
      id: row.id,
      data: checkData(table, rules, op, row.data, rows === undefined ? ['data'] : ['rows', index, 'data']),
    }));
    const ids = checked.map((row) => row.id);
    if (new Set(ids).size < ids.length) throw invalidData([{ path: 'rows', message: 'an id occurs twice' }]);
    return { ...common, ids, data: {}, rows: checked };
  }
  if (rows !== undefined) throw invalidData([{ path: 'rows', message: 'only create takes rows' }]);
  if (record_ids.length === 0) throw invalidData([{ path: 'record_ids', message: 'at least one id' }]);
  return { ...common, ids: [...new Set(record_ids)], data: checkData(table, rules, op, data, ['data']), rows: [] };
}

function isOp(table: TableDeclaration, op: string): op is MutationOp {
  return Object.hasOwn(mutationSchemas(table), op);
}

function rowsOf({ rows, record_ids, data }: WireMutation): NonNullable<WireMutation['rows']> {
  const [id, ...more] = record_ids;
  if (rows !== undefined) {
    if (rows.length === 0) throw invalidData([{ path: 'rows', message: 'at least one row' }]);
    if (id !== undefined || Object.keys(data).length > 0) {
      throw invalidData([{ path: 'rows', message: 'either rows, or one id with data' }]);
    }
    return rows;
  }
  if (id === undefined || more.length > 0)
    throw invalidData([{ path: 'record_ids', message: 'exactly one id, or rows' }]);
  return [{ id, data }];
}

function checkData(
  table: TableDeclaration,
  rules: TableRules,
  op: MutationOp,
  data: Record<string, unknown>,
  path: readonly PropertyKey[],
): Record<string, unknown> {
  const parsed = mutationSchemas(table)[op]?.safeParse(data);
  if (parsed?.success !== true) throw invalidData(parsed === undefined ? [] : problemsOf(parsed.error, path));
  const bad = findBadText(parsed.data, path);
  if (bad !== null) throw invalidData([{ path: bad, message: 'text that cannot be stored' }]);
  return rules.prepare(parsed.data as Record<string, unknown>);
}

export function invalidData(problems: readonly { path: string; message: string }[]): AppError {
  return new AppError('invalid_data', { details: { path: problems[0]?.path ?? '', problems } });
}
