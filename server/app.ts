import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { Deps } from './deps.ts';
import { answerError, createErrorHandler, invalidRequest } from './http/answer-error.ts';
import type { App, AppEnv } from './http/app-env.ts';
import { authenticate } from './http/authenticate.ts';
import { extensionCors } from './http/cors.ts';
import { rateLimit } from './http/rate-limit.ts';
import { refuseBadText } from './http/refuse-bad-text.ts';
import { registerAccountRoutes } from './routes/account.ts';
import { registerAuthRoutes } from './routes/auth.ts';
import { registerCollectionRoutes } from './routes/collection.ts';
import { registerDocsRoutes } from './routes/docs.ts';
import { registerEventRoutes } from './routes/events.ts';
import { registerHealthRoutes } from './routes/health.ts';
import { registerListRoutes } from './routes/lists.ts';
import { registerSellerRunRoutes } from './routes/seller-runs.ts';
import { registerSellerViewRoutes } from './routes/seller-views.ts';
import { registerSyncRoutes } from './routes/sync.ts';
import type { RunDeps } from './runs/run-deps.ts';
import { createRunDeps } from './runs/run-deps.ts';
import type { RunEngine } from './runs/run-engine.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

export interface AppOptions {
  /** Requests a minute for each token; 0: no limit. */
  readonly requestsPerMinute?: number;
  /** What runs are made of; from the environment when absent. */
  readonly runs?: RunDeps;
  /** Works on runs in this process; without it others do. */
  readonly engine?: RunEngine | undefined;
  /** Ends the event streams when the server stops. */
  readonly stopping?: AbortSignal;
}

/** The HTTP side of the server. It holds no state of its own, so any number may run. */
export function createApp(deps: Deps, { requestsPerMinute = 0, runs, engine, stopping }: AppOptions = {}): App {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
  app.onError(createErrorHandler(deps.log));
  app.notFound((context) => answerError(context, new AppError('not_found')));

  app.use(async (context, next) => {
    context.header(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
    await next();
  });
  app.use(extensionCors);
  app.use(rateLimit(requestsPerMinute));
  app.use(authenticate(deps));
  app.use(
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => answerError(context, new AppError('too_large')) }),
  );
  app.use(refuseBadText);

  registerHealthRoutes(app, deps);
  registerDocsRoutes(app);
  registerAuthRoutes(app, deps);
  registerAccountRoutes(app);
  registerSyncRoutes(app, deps);
  registerListRoutes(app, deps);
  registerSellerViewRoutes(app, deps);
  registerSellerRunRoutes(app, deps);
  registerCollectionRoutes(app, runs ?? createRunDeps(deps, process.env), engine);
  registerEventRoutes(app, deps, stopping);
  return app;
}
