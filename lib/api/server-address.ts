import { AppError } from '#lib/shared/app-error.ts';

/**
 * The origin of what a person typed as the server's address, no trailing slash. https, or plain http
 * for this computer. Throws `invalid_address`.
 */
export function serverAddress(typed: string): string {
  const url = URL.parse(typed.trim());
  if (
    url === null ||
    url.username !== '' ||
    url.password !== '' ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    throw new AppError('invalid_address');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new AppError('invalid_address');
  return url.origin;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/u.test(host);
}
