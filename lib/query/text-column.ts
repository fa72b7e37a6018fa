/** Rows of one block; their texts are one string, which a substring search scans at memory speed. */
export const BLOCK_ROWS = 1024;

interface Block {
  /** The texts, one right after the other. */
  text: string;
  /** End of each row's text in `text`. */
  ends: Uint16Array | Uint32Array;
  /** Texts set since `text` was made, by row within the block; null when there are none. */
  fresh: (string | undefined)[] | null;
}

export interface TextColumn {
  get(slot: number): string;
  set(slot: number, value: string): void;
  /** The texts of the rows from slot `start` on, which begins an empty block; they are kept as they are. */
  fill(start: number, text: string, ends: Uint16Array | Uint32Array): void;
  /** Marks with 0 the rows whose text does not contain `pattern` (not empty). Only rows marked 1 before are looked at. */
  keepMatching(pattern: string, marks: Uint8Array): void;
  /** Where the text of each slot is: from `from` to `to` (exclusive) in `text`. No string is made. */
  visit(slots: Uint32Array, see: (slot: number, text: string, from: number, to: number) => void): void;
}

export function createTextColumn(): TextColumn {
  const blocks: Block[] = [];

  function blockOf(slot: number): Block {
    const index = Math.floor(slot / BLOCK_ROWS);
    while (blocks.length <= index) blocks.push({ text: '', ends: new Uint16Array(0), fresh: null });
    const block = blocks[index];
    if (block === undefined) throw new RangeError(`slot ${slot}`);
    return block;
  }

  return {
    get(slot) {
      const block = blockOf(slot);
      return block.fresh?.[slot % BLOCK_ROWS] ?? textAt(block, slot % BLOCK_ROWS);
    },
    set(slot, value) {
      const block = blockOf(slot);
      const row = slot % BLOCK_ROWS;
      // Most changed rows keep their name, and a block without fresh ones need not be joined.
      if (row < block.ends.length && (block.fresh?.[row] ?? textAt(block, row)) === value) return;
      block.fresh ??= [];
      block.fresh[row] = value;
      // A block filled for the first time is joined at once, so that a load leaves no loose texts behind.
      if (row === BLOCK_ROWS - 1 && block.ends.length < BLOCK_ROWS) join(block);
    },
    fill(start, text, ends) {
      const block = blockOf(start);
      block.text = text;
      block.ends = ends;
    },
    keepMatching(pattern, marks) {
      for (let first = 0; first < marks.length; first += BLOCK_ROWS) {
        const block = blockOf(first);
        if (block.fresh !== null) join(block);
        keepInBlock(block, pattern, marks.subarray(first, first + BLOCK_ROWS));
      }
    },
    visit(slots, see) {
      let first = -1;
      let block = blockOf(0);
      for (let at = 0; at < slots.length; at++) {
        const slot = slots[at] ?? 0;
        const row = slot % BLOCK_ROWS;
        // Neighbours mostly are of one block.
        if (slot - row !== first) {
          first = slot - row;
          block = blockOf(slot);
        }
        const fresh = block.fresh?.[row];
        if (fresh !== undefined) see(slot, fresh, 0, fresh.length);
        else see(slot, block.text, startOf(block, row), block.ends[row] ?? 0);
      }
    },
  };
}

const startOf = (block: Block, row: number): number => (row === 0 ? 0 : (block.ends[row - 1] ?? 0));

function textAt(block: Block, row: number): string {
  return block.text.slice(startOf(block, row), block.ends[row] ?? 0);
}

function join(block: Block): void {
  const fresh = block.fresh ?? [];
  const rows = Math.max(block.ends.length, fresh.length);
  const texts = Array.from({ length: rows }, (_, row) => fresh[row] ?? textAt(block, row));
  const ends = new Uint32Array(rows);
  let at = 0;
  for (const [row, text] of texts.entries()) ends[row] = at += text.length;
  block.text = texts.join('');
  block.ends = ends;
  block.fresh = null;
}

function keepInBlock({ text, ends }: Block, pattern: string, marks: Uint8Array): void {
  let row = 0;
  let found = text.indexOf(pattern);
  while (found >= 0 && row < marks.length) {
    while (row < marks.length && (ends[row] ?? 0) <= found) marks[row++] = 0;
    const end = ends[row] ?? 0;
    // A match may lie across two rows: then it is none.
    const isWithin = found + pattern.length <= end;
    if (isWithin) row += 1;
    found = text.indexOf(pattern, isWithin ? end : found + 1);
  }
  marks.fill(0, row);
}
