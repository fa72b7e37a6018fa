import { readUuid } from '#lib/store/uuid-bytes.ts';

/** Reads UUIDs of 16 bytes each; one that equals the one before is not spelled out again (sellers of one run lie together). */
export function uuidReader(bytes: Uint8Array): (index: number) => string {
  let known = -1;
  let spelled = '';
  return (index) => {
    if (known >= 0 && isSame(bytes, known * 16, index * 16)) return spelled;
    known = index;
    spelled = readUuid(bytes, index * 16);
    return spelled;
  };
}

function isSame(bytes: Uint8Array, a: number, b: number): boolean {
  for (let byte = 0; byte < 16; byte++) if (bytes[a + byte] !== bytes[b + byte]) return false;
  return true;
}
