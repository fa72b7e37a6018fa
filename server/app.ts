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
import { registerAccountRoutes } from './routes/account.ts';
import { registerAuthRoutes } from './routes/auth.ts';
import { registerDocsRoutes } from './routes/docs.ts';
import { registerHealthRoutes } from './routes/health.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

export interface AppOptions {
  /** Requests a minute for each token; 0: no limit. */
  readonly requestsPerMinute?: number;
}

/** The HTTP side of the server. It holds no state of its own, so any number may run. */
export function createApp(deps: Deps, { requestsPerMinute = 0 }: AppOptions = {}): App {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
  app.onError(createErrorHandler(deps.log));
  app.notFound((context) => answerError(context, new AppError('not_found')));

  app.use(async (context, next) => {
    await next();
    context.header(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
  });
  app.use(extensionCors);
  app.use(rateLimit(requestsPerMinute));
  app.use(authenticate(deps));
  app.use(
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => answerError(context, new AppError('too_large')) }),
  );

  registerHealthRoutes(app, deps);
  registerDocsRoutes(app);
  registerAuthRoutes(app, deps);
  registerAccountRoutes(app);
  return app;
}
