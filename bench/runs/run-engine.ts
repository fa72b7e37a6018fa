import { normalizeName } from '#lib/domain/seller.ts';
import { defaultEngineOptions } from '#server/runs/run-deps.ts';
import type { FoundSeller } from '#server/sources/source.ts';
import { openRunDatabase, openWorld } from '#tests/server-runs/run-world.ts';
import { instantSource } from './found-sellers.ts';

/**
 * Seconds from the start of the engine to the completion of a run over all pages, in this process.
 * Throws unless every seller is in the list once and counted once.
 */
export async function runEngine(url: string, orgId: string, pages: readonly FoundSeller[][]): Promise<number> {
  const database = await openRunDatabase(url);
  try {
    const world = await openWorld(database, orgId);
    const deps = world.withSource(instantSource(pages));
    const run = await world.create(
      {
        products: pages.map((_, at) => ({ title: String(at) })),
        seller_source: 'instant',
        settings: { parallel: 20, pages_per_product: 1 },
      },
      deps,
    );
    const start = Date.now();
    await world.startEngine(deps, defaultEngineOptions);
    const ended = await world.until(run.id, 'the run is through', ({ status }) => status === 'completed', 600_000);
    const names = new Set(pages.flat().map(({ name }) => normalizeName(name)));
    const [list] = await world.rows<{ rows: number; names: number }>(
      'select count(*)::int as rows, count(distinct normalized_name)::int as names from sellers where deleted_at is null',
    );
    const isRight =
      ended.products_searched === pages.length &&
      ended.sellers_found === names.size &&
      list?.rows === list?.names &&
      list?.rows === (ended.seller_count_before ?? 0) + ended.sellers_new;
    if (!isRight) throw new Error(`The run’s figures do not agree: ${JSON.stringify({ ...ended, ...list })}`);
    await world.close();
    return ((ended.completed_at ?? 0) - start) / 1000;
  } finally {
    await database.close();
  }
}
