import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import { openRunDatabase, openWorld, type RunDatabase, type World } from './run-world.ts';

/**
 * For the tests beside which it is called: a database, and in it a workspace for all of them or a new one for
 * each, which `take` is given before.
 */
export function useWorld(kind: 'pglite' | 'postgres', per: 'file' | 'test', take: (world: World) => void): void {
  let postgres: TestPostgres | undefined;
  let database: RunDatabase;
  let world: World;
  const [before, after] = per === 'file' ? [beforeAll, afterAll] : [beforeEach, afterEach];
  beforeAll(async () => {
    if (kind === 'postgres') postgres = await startPostgres();
    database = await openRunDatabase(await postgres?.createDatabase());
  });
  afterAll(async () => {
    await database?.close();
    await postgres?.stop();
  });
  before(async () => {
    world = await openWorld(database);
    take(world);
  });
  after(() => world.close());
}
