const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const byteStarts = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const valueOfHex = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit++) valueOfHex[digit.toString(16).charCodeAt(0)] = digit;

/** Writes the 16 bytes of a lower-case UUID at `at`; false, with anything written, when it is none. */
export function writeUuid(uuid: string, bytes: Uint8Array, at: number): boolean {
  if (uuid.length !== 36) return false;
  if (uuid[8] !== '-' || uuid[13] !== '-' || uuid[18] !== '-' || uuid[23] !== '-') return false;
  let bad = 0;
  for (let index = 0; index < 16; index++) {
    const start = byteStarts[index] ?? 0;
    const high = valueOfHex[uuid.charCodeAt(start)] ?? -1;
    const low = valueOfHex[uuid.charCodeAt(start + 1)] ?? -1;
    bad |= high | low;
    bytes[at + index] = (high << 4) | low;
  }
  return bad >= 0;
}

export function readUuid(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += hexOfByte[bytes[at + index] ?? 0];
  }
  return text;
}
