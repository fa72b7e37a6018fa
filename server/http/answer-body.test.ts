import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createAnswerBody, type Encoding } from './answer-body.ts';

const unpack = { zstd: zstdDecompressSync, gzip: gunzipSync };
const piece = (at: number): Buffer => Buffer.from(`店 ${at} `.repeat(200));

async function pack(encoding: Encoding, writes: readonly (readonly Buffer[])[]) {
  const body = createAnswerBody(encoding);
  for (const pieces of writes) body.write(pieces);
  return body.end();
}

describe.each(['zstd', 'gzip'] as const)('by %s', (encoding) => {
  it('is what was written, in order', async () => {
    const writes = Array.from({ length: 20 }, (_, at) => [piece(at), piece(at + 100)]);
    const packed = await pack(encoding, writes);
    expect(packed.encoding).toBe(encoding);
    const plain = Buffer.concat(writes.flat());
    expect(unpack[encoding](packed.bytes).equals(plain)).toBe(true);
    expect(packed.bytes.length).toBeLessThan(plain.length / 4);
  });

  it('has no end once it is discarded', async () => {
    const body = createAnswerBody(encoding);
    body.write([piece(1), piece(2)]);
    body.discard();
    await expect(body.end()).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_STREAM_/) });
  });

  it('is left as it is when it is small', async () => {
    const packed = await pack(encoding, [[Buffer.from('a'.repeat(2000))], [Buffer.from('b'.repeat(47))]]);
    expect([packed.encoding, packed.bytes.length]).toEqual([null, 2047]);
  });
});

it('is left as it is for who takes no encoding', async () => {
  const packed = await pack(null, [[piece(1)], [piece(2), piece(3)]]);
  expect(packed.encoding).toBeNull();
  expect(Buffer.from(packed.bytes).equals(Buffer.concat([piece(1), piece(2), piece(3)]))).toBe(true);
});
