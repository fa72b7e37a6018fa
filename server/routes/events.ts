import { streamSSE } from 'hono/streaming';
import { membershipsOf } from '#server/auth/workspaces.ts';
import type { Deps } from '#server/deps.ts';
import type { App, Who } from '#server/http/app-env.ts';
import { errorFacts } from '#server/log.ts';

// Proxies and browsers drop a stream that is silent for long.
const PING_MS = 15_000;
// A reader that takes nothing any more is cut off; it misses hints only and comes back.
const MAX_WAITING = 2000;

type EventDeps = Pick<Deps, 'auth' | 'database' | 'hub' | 'log'>;

/** `GET /events`: hints of what changed, as server-sent events, until the reader leaves or the server stops. */
export function registerEventRoutes(app: App, deps: EventDeps, stopping?: AbortSignal): void {
  const { hub, log } = deps;
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/events',
    tags: ['Live'],
    summary: 'What changes, as it happens (server-sent events)',
    responses: {
      200: { description: 'change, run, sellers, activity, notice.', content: { 'text/event-stream': {} } },
    },
  });
  app.get('/events', (context) => {
    const who = context.get('who');
    const authorization = context.req.header('authorization') ?? '';
    context.header('cache-control', 'no-store');
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (stream) => {
      const ended = Promise.withResolvers<void>();
      const end = (): void => ended.resolve();
      let waiting = 0;
      const send = (text: string): void => {
        waiting += 1;
        if (waiting > MAX_WAITING) return end();
        stream.write(text).then(() => (waiting -= 1), end);
      };
      const unsubscribe = hub.subscribe(who, ({ event, data }) =>
        send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      );
      const ping = setInterval(() => {
        send(': ping\n\n');
        mayStillListen(deps, who, authorization).then(
          (may) => may || end(),
          (error: unknown) => {
            log('warning', 'A listener could not be checked', errorFacts(error));
            end();
          },
        );
      }, PING_MS);
      stream.onAbort(end);
      stopping?.addEventListener('abort', end, { once: true });
      if (stopping?.aborted) end();
      send(': hello\n\n');
      await ended.promise;
      clearInterval(ping);
      unsubscribe();
      stopping?.removeEventListener('abort', end);
    });
  });
}

/** A stream outlives its token and its reader's rights; whoever lost either comes back and is told. */
async function mayStillListen({ auth, database }: EventDeps, who: Who, authorization: string): Promise<boolean> {
  const session = await auth.api.getSession({ headers: new Headers({ authorization }) });
  if (session?.user.id !== who.userId) return false;
  const memberships = await membershipsOf(database.db, who.userId);
  return memberships.some(({ orgId, role }) => orgId === who.orgId && role === who.role);
}
