import { z } from 'zod';
import { health, type Me, me, signInAnswer } from '#lib/protocol/account.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { createApi } from './client.ts';
import { serverAddress } from './server-address.ts';

export interface SignedIn {
  server: string;
  token: string;
  me: Me;
}

/**
 * Signs in at a server after making sure that it is one and speaks this protocol. Throws
 * `invalid_address`, `wrong_credentials`, `invalid_answer`, `protocol_newer`, `protocol_older` or what a call throws.
 */
export async function signIn(
  typed: { server: string; email: string; password: string },
  fetch?: typeof globalThis.fetch,
): Promise<SignedIn> {
  const server = serverAddress(typed.server);
  const options = { server, ...(fetch === undefined ? {} : { fetch }) };
  const { protocol } = await createApi(options).request({ path: '/health', schema: health });
  if (protocol !== PROTOCOL_VERSION)
    throw new AppError(protocol > PROTOCOL_VERSION ? 'protocol_newer' : 'protocol_older');
  const body = { email: typed.email.trim(), password: typed.password };
  const { token } = await createApi(options)
    .request({ method: 'POST', path: '/api/auth/sign-in/email', body, schema: signInAnswer })
    .catch(refused);
  return { server, token, me: await createApi({ ...options, token }).request({ path: '/me', schema: me }) };
}

/** Ends the session at the server, so that the token is worth nothing to whoever finds it. */
export async function signOut(server: string, token: string): Promise<void> {
  await createApi({ server, token }).request({
    method: 'POST',
    path: '/api/auth/sign-out',
    body: {},
    schema: z.unknown(),
  });
}

// The sign-in library answers 401 for a wrong pair and 400 for what is no email address.
function refused(thrown: unknown): never {
  const isRefusal =
    thrown instanceof AppError && (thrown.details['status'] === 401 || thrown.details['status'] === 400);
  throw isRefusal ? new AppError('wrong_credentials', { cause: thrown }) : thrown;
}
