import { AppError } from '#lib/shared/app-error.ts';
import { unreadableFile } from '../unreadable-file.ts';

export interface ZipArchive {
  /** The text of a file in it; null when there is none of that name. Throws `unreadable_file`. */
  text(name: string): Promise<string | null>;
}

interface Entry {
  method: number;
  encrypted: boolean;
  compressed: number;
  offset: number;
}

/** Unpacked, no file in it may be larger: a few kilobytes can be packed to unpack to gigabytes. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** In place of a number that stands in 64 bits elsewhere. */
const ELSEWHERE = 0xffffffff;

/** The directory of a ZIP archive (APPNOTE 6.3). Throws `unreadable_file` for anything else. */
export function openZip(bytes: Uint8Array<ArrayBuffer>): ZipArchive {
  const entries = orDamaged(() => readDirectory(bytes));
  return {
    async text(name) {
      const entry = entries.get(name.toLowerCase());
      if (!entry) return null;
      if (entry.encrypted) throw unreadableFile('old_or_protected');
      return inflateText(
        orDamaged(() => dataOf(bytes, entry)),
        entry.method,
      );
    },
  };
}

/** Whatever a wrong offset leads to is a damaged file. */
function orDamaged<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof AppError ? error : unreadableFile('damaged');
  }
}

function readDirectory(bytes: Uint8Array): Map<string, Entry> {
  const view = viewOf(bytes);
  const { count, start } = findDirectory(view);
  if (count > MAX_ENTRIES) throw unreadableFile('too_large');
  const entries = new Map<string, Entry>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw unreadableFile('damaged');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const nameEnd = at + 46 + (nameLength ?? 0);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
    const large = largeNumbers(view, at, nameEnd, nameEnd + (extraLength ?? 0));
    entries.set(name.toLowerCase(), {
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      compressed: large(20),
      offset: large(42),
    });
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}

function findDirectory(view: DataView): { count: number; start: number } {
  // A comment of up to 65,535 bytes may follow.
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) !== END) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    if (count !== 0xffff && start !== ELSEWHERE) return { count, start };
    if (view.getUint32(at - 20, true) !== END_64_LOCATOR) throw unreadableFile('damaged');
    const end64 = Number(view.getBigUint64(at - 12, true));
    if (view.getUint32(end64, true) !== END_64) throw unreadableFile('damaged');
    return { count: Number(view.getBigUint64(end64 + 32, true)), start: Number(view.getBigUint64(end64 + 48, true)) };
  }
  throw unreadableFile('damaged');
}

/** Reads a number of a directory entry, from its 64-bit field where it does not fit into 32. */
function largeNumbers(view: DataView, entry: number, extra: number, end: number): (field: 20 | 42) => number {
  const wide: number[] = [];
  for (let at = extra; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const length = view.getUint16(at + 2, true);
    for (let part = 0; part + 8 <= length; part += 8) wide.push(Number(view.getBigUint64(at + 4 + part, true)));
  }
  // Uncompressed size, compressed size, offset: those that are there, in this order.
  const fields = [24, 20, 42].filter((field) => view.getUint32(entry + field, true) === ELSEWHERE);
  return (field) => wide[fields.indexOf(field)] ?? view.getUint32(entry + field, true);
}

function dataOf(bytes: Uint8Array<ArrayBuffer>, { offset, compressed }: Entry): Uint8Array<ArrayBuffer> {
  const view = viewOf(bytes);
  if (view.getUint32(offset, true) !== LOCAL) throw unreadableFile('damaged');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + compressed > bytes.byteLength) throw unreadableFile('damaged');
  return bytes.subarray(start, start + compressed);
}

async function inflateText(data: Uint8Array<ArrayBuffer>, method: number): Promise<string> {
  if (method !== 0 && method !== 8) throw unreadableFile('damaged');
  const packed = new Blob([data]).stream();
  const unpacked = method === 0 ? packed : packed.pipeThrough(new DecompressionStream('deflate-raw'));
  const decoder = new TextDecoder();
  const reader = unpacked.getReader();
  let size = 0;
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > MAX_TEXT_BYTES) throw unreadableFile('too_large');
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof AppError ? error : unreadableFile('damaged');
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
