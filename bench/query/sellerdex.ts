import { createQueryClient, type QueryClient, type ViewClient } from '#lib/query/query-client.ts';
import type { Query, ViewState } from '#lib/query/query.ts';
import QueryWorker from '#lib/query/query.worker.ts?worker';
import { applyPull } from '#lib/store/apply-pull.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import type { ListQuery, QuerySubject } from './subject.ts';

const STORE = 'bench-query';

/** Our engine in its worker, over a store that this page writes as the background does. */
export function createSellerdex(): QuerySubject {
  let writer: Promise<StoreWriter> | null = null;
  const worker = new QueryWorker();
  let client: QueryClient;
  let view: ViewClient;
  let shown = '';
  let state: ViewState | null = null;
  let waiting: { until: (state: ViewState) => boolean; resolve: () => void } | null = null;

  const opened = (): Promise<StoreWriter> => (writer ??= openWriter(STORE));
  function reached(until: (state: ViewState) => boolean): Promise<void> {
    if (state !== null && until(state)) return Promise.resolve();
    return new Promise((resolve) => (waiting = { until, resolve }));
  }
  function hear(next: ViewState): void {
    state = next;
    if (waiting?.until(next) !== true) return;
    waiting.resolve();
    waiting = null;
  }

  return {
    async fill(answers) {
      const { base } = await opened();
      for (const answer of answers) await applyPull(base, 'sellers', answer);
    },
    async open() {
      client = createQueryClient(worker, STORE);
      client.onFailure((failure) => {
        throw failure;
      });
      view = client.openView(queryOf(newest), hear);
      shown = JSON.stringify(newest);
      await reached(({ phase }) => phase === 'ready');
      // A background that pulls has its store open.
      await opened();
    },
    async list(query, from, to) {
      const wanted = JSON.stringify(query);
      if (wanted !== shown) view.update(queryOf(query));
      shown = wanted;
      const { state: of, rows } = await view.window(from, to);
      return { total: of.total, nos: rows.map(({ no }) => no) };
    },
    async pull(answer) {
      const { base, written } = await opened();
      await applyPull(base, 'sellers', answer);
      const before = state?.revision ?? 0;
      written({ base: true });
      await reached(({ revision }) => revision > before);
    },
    async flag(nos) {
      await view.choose(
        { kind: 'some', handles: Float64Array.from(nos) },
        { op: 'flag', flagged: true },
        crypto.randomUUID(),
      );
    },
    async close() {
      worker.terminate();
      (await opened()).close();
    },
  };
}

export const newest: ListQuery = { search: '', flagged: false, sort: { column: 'no', order: 'desc' } };

function queryOf({ search, flagged, sort: { column, order } }: ListQuery): Query {
  return {
    search,
    where: flagged ? [{ column: 'flagged', is: true }] : [],
    sort: [{ column: column === 'normalized_name' ? 'display_name' : column, order }],
  };
}
