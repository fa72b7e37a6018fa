import { seedServer } from '#tests/helpers/seed-server.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';

export type DatabaseName = 'pglite' | 'postgres';

/** The real server as a process, over so many sellers whose change numbers are shuffled against their row numbers. */
export async function startSeededServer(database: DatabaseName, sellers: number): Promise<TestServer> {
  const postgres = database === 'postgres' ? await startPostgres() : null;
  const env: NodeJS.ProcessEnv = postgres === null ? {} : { DATABASE_URL: await postgres.createDatabase() };
  const server = await startServer({ args: ['--no-worker'], env });
  await server.stop();
  seedServer(server.dataDir, sellers, env);
  await server.restart();
  return {
    ...server,
    stop: async () => {
      const code = await server.stop();
      await postgres?.stop();
      return code;
    },
  };
}
