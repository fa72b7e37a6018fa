import { inflateSync } from 'node:zlib';

/** Every so many pixels are counted. */
const STEP = 5;

/** The commonest colour of a PNG as Chromium makes it (8 bits a channel, not interlaced), and its share of the pixels. */
export function paletteOf(png: Buffer): { share: number; isDark: boolean } {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const counts = new Map<number, number>();
  let above = new Uint8Array(stride);
  for (let row = 0; row < height; row++) {
    const from = row * (stride + 1);
    const line = unfiltered(data[from] ?? 0, data.subarray(from + 1, from + 1 + stride), above, channels);
    above = line;
    for (let at = 0; at < stride; at += channels * STEP) {
      const colour = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  let total = 0;
  let commonest = [0, 0] as [number, number];
  for (const [colour, count] of counts) {
    total += count;
    if (count > commonest[1]) commonest = [colour, count];
  }
  return { share: commonest[1] / total, isDark: ((commonest[0] >> 8) & 255) < 128 };
}

/** One line of pixels, by the filter that the format names before it. */
function unfiltered(filter: number, line: Buffer, above: Uint8Array, channels: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(line.length);
  for (let at = 0; at < line.length; at++) {
    const left = at < channels ? 0 : (out[at - channels] ?? 0);
    const up = above[at] ?? 0;
    const corner = at < channels ? 0 : (above[at - channels] ?? 0);
    const guess =
      filter === 0
        ? 0
        : filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : nearest(left, up, corner);
    out[at] = (line[at] ?? 0) + guess;
  }
  return out;
}

function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
