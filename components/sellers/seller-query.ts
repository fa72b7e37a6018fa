import type { Query, Sort } from '#lib/query/query.ts';
import { newestFirst } from '#lib/query/query.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { filterOf, sellerFilters } from './seller-filters.ts';

export const everySeller: Query = { search: '', where: [], sort: newestFirst };

/** What the address says (`q`, `filter`, `sort=column:order`); whatever it does not say or says wrong is the default. */
export function queryFromParams(params: URLSearchParams): Query {
  const where = sellerFilters.find(({ name }) => name === params.get('filter'))?.where ?? everySeller.where;
  const sort = (params.get('sort') ?? '').split(',').flatMap(sortFromText);
  return { search: params.get('q') ?? '', where, sort: sort.length > 0 ? sort : newestFirst };
}

export function paramsFromQuery({ search, where, sort }: Query): Record<string, string> {
  const params: Record<string, string> = {};
  if (search !== '') params['q'] = search;
  const order = sort.map((one) => `${one.column}:${one.order}`).join(',');
  if (order !== newestFirst.map((one) => `${one.column}:${one.order}`).join(',')) params['sort'] = order;
  const filter = filterOf(where);
  if (filter !== undefined && filter.where.length > 0) params['filter'] = filter.name;
  return params;
}

function sortFromText(text: string): Sort[] {
  const [column = '', order = 'asc'] = text.split(':');
  const isKnown = (sellers.sort.columns as readonly string[]).includes(column);
  return isKnown && (order === 'asc' || order === 'desc') ? [{ column, order }] : [];
}
