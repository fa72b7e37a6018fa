import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import { formatCents, formatNumber } from '#components/ui/format.ts';
import { categoriesQuery } from '#lib/api/collection-queries.ts';
import type { EstimateAnswer } from '#lib/protocol/collection.ts';

/** What each category adds to a run, the dearest first. */
export function EstimateTable({ categories }: { categories: EstimateAnswer['categories'] }) {
  const names = useCategoryNames();
  const rows = useMemo(
    () => categories.toSorted((one, other) => other.cost_cents - one.cost_cents || other.calls - one.calls),
    [categories],
  );
  return (
    <div className="max-h-40 overflow-auto" role="region" aria-label="Estimate by category" tabIndex={0}>
      <table className="w-full">
        <thead>
          <tr className="sticky top-0 bg-surface text-muted [&>th]:pb-1 [&>th]:font-normal">
            <th scope="col" className="text-left">
              Category
            </th>
            <th scope="col" className="pl-4 text-right">
              Products
            </th>
            <th scope="col" className="pl-4 text-right">
              Calls
            </th>
            <th scope="col" className="pl-4 text-right">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, products, calls, cost_cents: cents }) => (
            <tr key={id} className="[&>td]:text-right">
              <th scope="row" className="max-w-0 truncate text-left font-normal" title={names.get(id) ?? id}>
                {names.get(id) ?? id}
              </th>
              <td className="w-px pl-4">{formatNumber(products)}</td>
              <td className="w-px pl-4">{formatNumber(calls)}</td>
              <td className="w-px pl-4">{formatCents(cents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Names of all categories, by id; empty until the server has said them. */
export function useCategoryNames(): ReadonlyMap<string, string> {
  const { api, connection } = useWorkspace();
  const { data } = useQuery(categoriesQuery(connection.store_key, api));
  return useMemo(
    () =>
      new Map(
        (data?.departments ?? []).flatMap(({ categories }) => categories.map(({ id, name }) => [id, name] as const)),
      ),
    [data],
  );
}
