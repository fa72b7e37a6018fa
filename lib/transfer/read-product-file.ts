import { MAX_PRODUCTS } from '#lib/domain/max-products.ts';
import { productsFromSheet } from './products-from-sheet.ts';
import { unreadableFile } from './unreadable-file.ts';
import { readFirstSheet } from './xlsx/read-workbook.ts';

/** A list of 10,000 titles is about a megabyte; beyond this it is not such a list. */
const MAX_BYTES = 8 * 1024 * 1024;
/** More than a list may have, so that one that is too long is seen to be: lines above its header, and one more. */
const MAX_ROWS = MAX_PRODUCTS + 100;

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte);

/**
 * What a person chose as a list of products, as text for `parseProductList`: CSV and lines as they are, the
 * first sheet of an .xlsx workbook as CSV. Its contents say which it is, not its name. Throws
 * `unreadable_file` in words for that person.
 */
export async function readProductFile(file: Blob): Promise<string> {
  if (file.size > MAX_BYTES) throw unreadableFile('too_large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (startsWith(bytes, 0x50, 0x4b)) return productsFromSheet(await readFirstSheet(bytes, MAX_ROWS));
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw unreadableFile('old_or_protected');
  return readText(bytes);
}

/** Excel writes CSV in UTF-8 with a mark, in the computer's own code page without one, and "Unicode text" in UTF-16. */
function readText(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) throw unreadableFile('not_a_list');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
