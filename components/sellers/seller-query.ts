import type { Query, Sort } from '#lib/query/query.ts';
import { newestFirst } from '#lib/query/query.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { conditionsFromText, textFromConditions } from './filter-text.ts';

export const everySeller: Query = { search: '', where: [], sort: newestFirst };

/** What the address says (`q`, `filter`, `sort=column:order,…`); whatever it does not say or says wrong is the default. */
export function queryFromParams(params: URLSearchParams): Query {
  return readParams(params).query;
}

/** The same, with the parts of `filter` and `sort` that mean nothing. */
export function readParams(params: URLSearchParams): { query: Query; wrong: string[] } {
  const { where, wrong } = conditionsFromText(params.get('filter') ?? '');
  const sort: Sort[] = [];
  for (const part of (params.get('sort') ?? '').split(',').filter((one) => one !== '')) {
    const one = sortFromText(part);
    if (one === null) wrong.push(part);
    else sort.push(one);
  }
  return { query: { search: params.get('q') ?? '', where, sort: sort.length > 0 ? sort : newestFirst }, wrong };
}

export function paramsFromQuery({ search, where, sort }: Query): Record<string, string> {
  const params: Record<string, string> = {};
  if (search !== '') params['q'] = search;
  const order = sort.map((one) => `${one.column}:${one.order}`).join(',');
  if (order !== newestFirst.map((one) => `${one.column}:${one.order}`).join(',')) params['sort'] = order;
  if (where.length > 0) params['filter'] = textFromConditions(where);
  return params;
}

function sortFromText(text: string): Sort | null {
  const [column = '', order = 'asc'] = text.split(':');
  const isKnown = (sellers.sort.columns as readonly string[]).includes(column);
  return isKnown && (order === 'asc' || order === 'desc') ? { column, order } : null;
}
