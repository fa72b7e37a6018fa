import type { Ends } from '#lib/store/packed-page.ts';
import { codePointRank } from './compare-text.ts';
import { giveBack } from './give-back.ts';

/** The words of the rows' keys, by slot: most of a name at six bits a unit. */
export type NameKeys = readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array];

/** How units of a name are written into the words of a key. */
export interface Spelling {
  readonly perWord: number;
  /** The word of the units from `at` on. A unit whose code others have too, and the end of the name, ends the key. */
  wordOf(text: string, at: number, end: number): number;
  /** Whether the word is full, and no unit in it ends the key. */
  goesOn(word: number): boolean;
}

/**
 * Codes of six bits whose order is that of the units. Those in `OWN` are what eBay allows in a username and
 * a space; every other unit shares a code with its neighbours.
 */
const OWN = ' !*-._0123456789abcdefghijklmnopqrstuvwxyz';
const SHARED = 1 << 16;
const codes = new Uint32Array(128);
for (let unit = 0, code = 0, sharing = false; unit < codes.length; unit++) {
  const own = OWN.includes(String.fromCharCode(unit));
  if (own || !sharing) code += 1;
  sharing = !own;
  codes[unit] = own ? code : code | SHARED;
}
/** All units from 128 on. */
const BEYOND = 63 | SHARED;
/** By code: whether a key ends with it, as no unit is left or others have it too. */
const endsKey = new Uint8Array(64);
for (const code of [SHARED, BEYOND, ...codes]) if (code >= SHARED) endsKey[code & 63] = 1;
export const usual: Spelling = {
  perWord: 5,
  // A loop that calls a function for each unit takes three times as long.
  wordOf(text, at, end) {
    let word = 0;
    for (let place = 0; place < 5; place++) {
      if (at >= end) return word << (6 * (5 - place));
      const unit = text.charCodeAt(at++);
      const code = unit < 128 ? (codes[unit] ?? 0) : BEYOND;
      word = (word << 6) | (code & 63);
      if (code >= SHARED) end = at;
    }
    return word;
  },
  goesOn: (word) => endsKey[word & 63] === 0,
};
/** For names in other scripts. */
export const wide: Spelling = {
  perWord: 2,
  wordOf(text, at, end) {
    if (at >= end) return 0;
    const first = codePointRank(text.charCodeAt(at));
    const second = first === 0 || at + 1 >= end ? 0 : codePointRank(text.charCodeAt(at + 1));
    return (first << 16) | second;
  },
  // Only U+0000 looks like the end.
  goesOn: (word) => (word & 0xffff) !== 0,
};

/** Units that a key holds. */
export const unitsOf = ({ perWord }: Spelling): number => perWord * 4;

export function createNameKeys(slots: number): NameKeys {
  return [new Uint32Array(slots), new Uint32Array(slots), new Uint32Array(slots), new Uint32Array(slots)];
}

/** Writes the key of the units from `at` on. */
export function writeKey(
  [first, second, third, fourth]: NameKeys,
  { perWord, wordOf, goesOn }: Spelling,
  slot: number,
  text: string,
  at: number,
  end: number,
): void {
  let word = (first[slot] = wordOf(text, at, end));
  word = second[slot] = goesOn(word) ? wordOf(text, at + perWord, end) : 0;
  word = third[slot] = goesOn(word) ? wordOf(text, at + 2 * perWord, end) : 0;
  fourth[slot] = goesOn(word) ? wordOf(text, at + 3 * perWord, end) : 0;
}

/** Writes the keys of names as they are read from the disk, for the first order by name: half of its time. */
export function createFirstNameKeys() {
  let keys: NameKeys | null = createNameKeys(0);
  return {
    reserve(slots: number): void {
      if (keys === null) return;
      const larger = createNameKeys(slots);
      keys.forEach((word, at) => larger[at]?.set(word));
      giveBack(...keys);
      keys = larger;
    },
    set(slot: number, name: string): void {
      if (keys !== null) writeKey(keys, usual, slot, name, 0, name.length);
    },
    fill(start: number, text: string, ends: Ends): void {
      if (keys === null) return;
      let from = 0;
      for (let at = 0; at < ends.length; at++) {
        const end = ends[at] ?? 0;
        writeKey(keys, usual, start + at, text, from, end);
        from = end;
      }
    },
    /** Once: they are gone with that, made use of or not. */
    take(): NameKeys | null {
      const taken = keys;
      keys = null;
      return taken;
    },
  };
}
