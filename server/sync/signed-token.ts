import { createHmac, timingSafeEqual } from 'node:crypto';

/** `value` as URL-safe text that nobody can make or change without the secret. */
export function signToken(value: unknown, secret: string): string {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${body}.${macOf(body, secret)}`;
}

/** The value of a token made by `signToken`, or undefined when a single byte differs. */
export function readToken(token: string, secret: string): unknown {
  const [body = '', mac = '', ...rest] = token.split('.');
  // The texts are compared, not the bytes they stand for: base64 has several texts for some bytes.
  const expected = Buffer.from(macOf(body, secret));
  const given = Buffer.from(mac);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

function macOf(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}
