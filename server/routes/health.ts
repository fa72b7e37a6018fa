import { sql } from 'kysely';
import { createRoute } from '@hono/zod-openapi';
import { health } from '#lib/protocol/account.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { Deps } from '#server/deps.ts';
import { jsonAnswer } from '#server/http/answer.ts';
import type { App } from '#server/http/app-env.ts';
import { programVersion } from '#server/program-version.ts';

const healthRoute = createRoute({
  method: 'get',
  path: '/health',
  tags: ['Operation'],
  summary: 'Versions of program, schema and protocol',
  security: [],
  responses: { 200: jsonAnswer(health, 'The server runs.') },
});

/** /health for people and clients, /livez and /readyz for whoever restarts processes, /metrics for graphs. */
export function registerHealthRoutes(app: App, { database, schema }: Pick<Deps, 'database' | 'schema'>): void {
  const counts = new Map<number, number>();
  app.use(async (context, next) => {
    await next();
    counts.set(context.res.status, (counts.get(context.res.status) ?? 0) + 1);
  });
  app.openapi(healthRoute, (context) =>
    context.json({ status: 'ok', version: programVersion, schema, protocol: PROTOCOL_VERSION }),
  );
  app.get('/livez', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    try {
      await sql`select 1`.execute(database.db);
    } catch (error) {
      throw new AppError('unavailable', { cause: error });
    }
    return context.json({ status: 'ok' });
  });
  app.get('/metrics', (context) => {
    const { rss, heapUsed } = process.memoryUsage();
    const requests = [...counts].map(([status, count]) => `sellerdex_http_requests_total{status="${status}"} ${count}`);
    const lines = [
      '# TYPE sellerdex_http_requests_total counter',
      ...requests,
      '# TYPE process_uptime_seconds gauge',
      `process_uptime_seconds ${process.uptime()}`,
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${rss}`,
      '# TYPE nodejs_heap_used_bytes gauge',
      `nodejs_heap_used_bytes ${heapUsed}`,
    ];
    return context.text(`${lines.join('\n')}\n`);
  });
}
