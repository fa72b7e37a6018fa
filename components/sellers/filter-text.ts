import type { Condition } from '#lib/query/query.ts';
import { NEWEST_RUN } from '#lib/query/query.ts';
import { dayOf, endOfDay, startOfDay } from './days.ts';
import { type FilterColumn, filterColumn } from './filter-columns.ts';
import { filterOf, sellerFilters } from './seller-filters.ts';

/*
 * How an address says conditions: parts between `;`, each the name of a quick filter (`flagged`) or
 * `column:operator:value`. Texts are percent-encoded; lists have `,` and ranges `..` between their values:
 * `flagged;times_seen:range:3..10;display_name:contains:shop;source:in:run,manual;created_at:range:2026-01-01..`
 */

const MOST_CONDITIONS = 20;
const MOST_TEXT = 200;
const MOST_CHOICES = 50;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function textFromConditions(where: readonly Condition[]): string {
  return where.map((condition) => filterOf(condition)?.name ?? textOf(condition)).join(';');
}

/** The conditions, and the parts that say none; those are left out. */
export function conditionsFromText(text: string): { where: Condition[]; wrong: string[] } {
  const where: Condition[] = [];
  const wrong: string[] = [];
  for (const part of text.split(';').filter((one) => one !== '')) {
    const condition = where.length < MOST_CONDITIONS ? conditionOf(part) : null;
    if (condition === null) wrong.push(part);
    else where.push(condition);
  }
  return { where, wrong };
}

function textOf(condition: Condition): string {
  const { column } = condition;
  if ('is' in condition) return `${column}:is:${condition.is ? 'yes' : 'no'}`;
  if ('in' in condition) return `${column}:in:${condition.in.map((value) => value ?? 'none').join(',')}`;
  if ('match' in condition) return `${column}:${condition.match}:${encodeURIComponent(condition.text)}`;
  if ('empty' in condition) return `${column}:empty:${condition.empty ? 'yes' : 'no'}`;
  const isDate = filterColumn(column)?.kind === 'date';
  const from = isDate && condition.from !== undefined ? dayOf(condition.from) : condition.from;
  const to = isDate && condition.to !== undefined ? dayOf(condition.to) : condition.to;
  return `${column}:range:${from ?? ''}..${to ?? ''}`;
}

function conditionOf(part: string): Condition | null {
  const quick = sellerFilters.find(({ name }) => name === part);
  if (quick !== undefined) return quick.where;
  const [name = '', operator = '', value = '', ...rest] = part.split(':');
  const column = filterColumn(name);
  return column === undefined || rest.length > 0 ? null : conditionWith(column, operator, value);
}

function conditionWith(target: FilterColumn, operator: string, value: string): Condition | null {
  if (target.kind === 'yes_no') {
    const is = yesNo(value);
    return operator === 'is' && is !== null ? { column: target.column, is } : null;
  }
  if (target.kind === 'text') {
    if (target.column === 'platform_id' && operator === 'empty') return emptyOf(target.column, value);
    const text = decoded(value);
    if (text === null || text === '' || text.length > MOST_TEXT) return null;
    return operator === 'contains' || operator === 'prefix' || operator === 'exact'
      ? { column: target.column, match: operator, text }
      : null;
  }
  if (target.kind === 'choice' || target.kind === 'run') {
    const values = value.split(',');
    const isKnown = (one: string): boolean =>
      target.kind === 'choice' ? target.choices.includes(one) : one === 'none' || one === NEWEST_RUN || UUID.test(one);
    if (operator !== 'in' || values.length > MOST_CHOICES || !values.every(isKnown)) return null;
    return { column: target.column, in: values.map((one) => (one === 'none' ? null : one)) };
  }
  if (operator === 'empty' && target.canBeEmpty) return emptyOf(target.column, value);
  return operator === 'range' ? rangeOf(target, value) : null;
}

function emptyOf(column: Extract<Condition, { readonly empty: boolean }>['column'], value: string): Condition | null {
  const empty = yesNo(value);
  if (empty === null) return null;
  return column === 'platform_id' ? { column, empty } : { column, empty };
}

function rangeOf({ column, kind }: Extract<FilterColumn, { kind: 'number' | 'date' }>, value: string) {
  const [low, high, ...rest] = value.split('..');
  if (low === undefined || high === undefined || rest.length > 0 || (low === '' && high === '')) return null;
  const from = low === '' ? undefined : kind === 'date' ? startOfDay(low) : numberOf(low);
  const to = high === '' ? undefined : kind === 'date' ? endOfDay(high) : numberOf(high);
  if (from === null || to === null || (from !== undefined && to !== undefined && from > to)) return null;
  return { column, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function numberOf(text: string): number | null {
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

function yesNo(value: string): boolean | null {
  return value === 'yes' ? true : value === 'no' ? false : null;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
