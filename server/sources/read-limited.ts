import { AppError } from '#lib/shared/app-error.ts';

/** The body as text; throws `parse_error` once it is longer than `limit` bytes, without reading on. */
export async function readLimited(response: Response, limit: number): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > limit) throw new AppError('parse_error', { details: { reason: 'too_large', limit } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
