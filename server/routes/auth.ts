import { AppError } from '#lib/shared/app-error.ts';
import type { ErrorCode } from '#lib/shared/error-codes.ts';
import type { Deps } from '#server/deps.ts';
import { answerError } from '#server/http/answer-error.ts';
import type { App } from '#server/http/app-env.ts';
import { createSignInLimit } from '#server/http/sign-in-limit.ts';

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'wrong_credentials',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  429: 'too_many_requests',
};

/** Sign-in and sign-out under /api/auth: tokens only. Cookies are taken off what comes and what goes. */
export function registerAuthRoutes(app: App, { auth }: Pick<Deps, 'auth'>): void {
  const limit = createSignInLimit();
  app.on(['GET', 'POST'], '/api/auth/*', async (context) => {
    const headers = new Headers(context.req.raw.headers);
    headers.delete('cookie');
    const email = context.req.path.includes('/sign-in/') ? await emailOf(context.req.raw.clone()) : null;
    if (email !== null) limit.take(email);
    const answer = await auth.handler(new Request(context.req.raw, { headers }));
    if (!answer.ok) {
      const code = codeByStatus[answer.status] ?? (answer.status < 500 ? 'invalid_request' : 'internal');
      return answerError(context, new AppError(code));
    }
    if (email !== null) limit.forgive(email);
    const clean = new Response(answer.body, answer);
    clean.headers.delete('set-cookie');
    clean.headers.delete('access-control-expose-headers');
    return context.newResponse(clean.body, clean);
  });
}

async function emailOf(request: Request): Promise<string | null> {
  const body: unknown = await request.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string'
    ? body.email
    : null;
}
