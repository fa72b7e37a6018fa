import type { Query, Sort } from '#lib/query/query.ts';
import { newestFirst, sellerFilters } from '#lib/query/query.ts';
import { sellers } from '#lib/tables/sellers.ts';

export const everySeller: Query = { search: '', filter: 'all', sort: newestFirst };

/** What the address says (`q`, `filter`, `sort=column:order`); whatever it does not say or says wrong is the default. */
export function queryFromParams(params: URLSearchParams): Query {
  const filter = sellerFilters.find((name) => name === params.get('filter')) ?? everySeller.filter;
  const sort = (params.get('sort') ?? '').split(',').flatMap(sortFromText);
  return { search: params.get('q') ?? '', filter, sort: sort.length > 0 ? sort : newestFirst };
}

export function paramsFromQuery({ search, filter, sort }: Query): Record<string, string> {
  const params: Record<string, string> = {};
  if (search !== '') params['q'] = search;
  const order = sort.map((one) => `${one.column}:${one.order}`).join(',');
  if (order !== newestFirst.map((one) => `${one.column}:${one.order}`).join(',')) params['sort'] = order;
  if (filter !== everySeller.filter) params['filter'] = filter;
  return params;
}

function sortFromText(text: string): Sort[] {
  const [column = '', order = 'asc'] = text.split(':');
  const isKnown = (sellers.sort.columns as readonly string[]).includes(column);
  return isKnown && (order === 'asc' || order === 'desc') ? [{ column, order }] : [];
}
