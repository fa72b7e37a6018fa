/** UUIDs as 16 bytes each: a million id strings would cost some 60 MB. */
export interface IdColumn {
  get(slot: number): string;
  set(slot: number, value: string): void;
  reserve(slots: number): void;
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
// First character of each byte in `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`.
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

export function createIdColumn(): IdColumn {
  let bytes = new Uint8Array(0);
  return {
    get(slot) {
      let text = '';
      for (let byte = 0; byte < 16; byte++) {
        if (byte === 4 || byte === 6 || byte === 8 || byte === 10) text += '-';
        text += hexOfByte[bytes[slot * 16 + byte] ?? 0] ?? '';
      }
      return text;
    },
    set(slot, value) {
      for (const [byte, place] of places.entries()) {
        bytes[slot * 16 + byte] = digit(value.charCodeAt(place)) * 16 + digit(value.charCodeAt(place + 1));
      }
    },
    reserve(slots) {
      if (slots * 16 <= bytes.length) return;
      const next = new Uint8Array(slots * 16);
      next.set(bytes);
      bytes = next;
    },
  };
}

// '0'–'9' are 0x30–0x39, 'a'–'f' and 'A'–'F' have 1–6 in their low four bits.
function digit(unit: number): number {
  return unit < 0x40 ? unit & 0xf : (unit & 0xf) + 9;
}
