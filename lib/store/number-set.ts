/** Whole numbers below 2 ** 32, most of them neighbours: a bit each, in blocks. */
export interface NumberSet {
  /** False when it was there before. */
  add(number: number): boolean;
  has(number: number): boolean;
}

const BLOCK_BITS = 15;

export function createNumberSet(): NumberSet {
  const blocks = new Map<number, Uint32Array>();
  const addBlock = (at: number): Uint32Array => {
    const block = new Uint32Array(2 ** (BLOCK_BITS - 5));
    blocks.set(at, block);
    return block;
  };
  const wordAt = (number: number): number => (number & (2 ** BLOCK_BITS - 1)) >>> 5;
  return {
    add(number) {
      const block = blocks.get(number >>> BLOCK_BITS) ?? addBlock(number >>> BLOCK_BITS);
      const word = block[wordAt(number)] ?? 0;
      const bit = 1 << (number & 31);
      if ((word & bit) !== 0) return false;
      block[wordAt(number)] = word | bit;
      return true;
    },
    has(number) {
      const word = blocks.get(number >>> BLOCK_BITS)?.[wordAt(number)] ?? 0;
      return (word & (1 << (number & 31))) !== 0;
    },
  };
}
