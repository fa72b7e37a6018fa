import { promisify } from 'node:util';
import { constants, gzip, zstdCompress } from 'node:zlib';
import { quality } from './accept.ts';
import type { AppContext } from './app-env.ts';

/** What fits into one or two packets is not worth the time. */
const SMALL = 2048;

const toGzip = promisify(gzip);
const toZstd = promisify(zstdCompress);

/**
 * JSON text as an answer, compressed when the client takes it: by zstd, else by gzip. Each at the first
 * level: of a page of 10,000 sellers by columns (2.0 MB) gzip leaves 0.57 MB in 13 ms, at level 6 0.52 MB
 * in 54 ms; zstd 0.44 MB in 4 ms, at level 3 no less in 7 ms. It runs on a thread of its own.
 */
export async function compressedAnswer(context: AppContext, json: string, type: string): Promise<Response> {
  context.header('Content-Type', type);
  context.header('Vary', 'Accept-Encoding', { append: true });
  const encoding = json.length < SMALL ? null : chosenEncoding(context.req.header('accept-encoding'));
  if (encoding === null) return context.body(json);
  const packed = encoding === 'gzip' ? await toGzip(json, gzipLevel) : await toZstd(json, zstdLevel);
  context.header('Content-Encoding', encoding);
  return context.body(packed);
}

const chunkSize = 2 ** 18;
const gzipLevel = { level: 1, chunkSize };
const zstdLevel = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize };

function chosenEncoding(accepted: string | undefined): 'zstd' | 'gzip' | null {
  const zstd = quality(accepted, 'zstd');
  const zipped = quality(accepted, 'gzip');
  if (zstd > 0 && zstd >= zipped) return 'zstd';
  return zipped > 0 ? 'gzip' : null;
}
