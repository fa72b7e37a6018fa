/** Rows of one block; their texts are one string, which a substring search scans at memory speed. */
export const BLOCK_ROWS = 1024;

interface Block {
  joined: string;
  /** End of each row's text in `joined`; the next begins one unit (a line break) later. */
  ends: Uint32Array;
  /** Texts set since `joined` was made, by row within the block; null when there are none. */
  fresh: (string | undefined)[] | null;
}

export interface TextColumn {
  get(slot: number): string;
  set(slot: number, value: string): void;
  /** Marks with 1 the rows below `slots` whose text contains `pattern` (not empty). Only rows marked 1 before are looked at. */
  keepMatching(pattern: string, marks: Uint8Array, slots: number): void;
}

export function createTextColumn(): TextColumn {
  const blocks: Block[] = [];

  function blockOf(slot: number): Block {
    const index = Math.floor(slot / BLOCK_ROWS);
    while (blocks.length <= index) blocks.push({ joined: '', ends: new Uint32Array(0), fresh: null });
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
      block.fresh ??= [];
      block.fresh[row] = value;
      // A block filled for the first time is joined at once, so that a load leaves no loose texts behind.
      if (row === BLOCK_ROWS - 1 && block.ends.length < BLOCK_ROWS) join(block);
    },
    keepMatching(pattern, marks, slots) {
      for (const [index, block] of blocks.entries()) {
        const first = index * BLOCK_ROWS;
        if (first >= slots) return;
        if (block.fresh !== null) join(block);
        keepInBlock(block, pattern, marks.subarray(first, Math.min(first + BLOCK_ROWS, slots)));
      }
    },
  };
}

function textAt(block: Block, row: number): string {
  const end = block.ends[row];
  if (end === undefined) return '';
  return block.joined.slice(row === 0 ? 0 : (block.ends[row - 1] ?? 0) + 1, end);
}

function join(block: Block): void {
  const fresh = block.fresh ?? [];
  const rows = Math.max(block.ends.length, fresh.length);
  const texts = Array.from({ length: rows }, (_, row) => fresh[row] ?? textAt(block, row));
  const ends = new Uint32Array(rows);
  let at = 0;
  for (const [row, text] of texts.entries()) {
    at += text.length;
    ends[row] = at;
    at += 1;
  }
  block.joined = texts.join('\n');
  block.ends = ends;
  block.fresh = null;
}

function keepInBlock(block: Block, pattern: string, marks: Uint8Array): void {
  let row = 0;
  let found = block.joined.indexOf(pattern);
  while (found >= 0 && row < marks.length) {
    while (row < marks.length && (block.ends[row] ?? 0) <= found) marks[row++] = 0;
    const end = block.ends[row] ?? 0;
    // A pattern with a line break could match across two rows; no name has one.
    if (found + pattern.length > end) marks[row] = 0;
    row += 1;
    found = block.joined.indexOf(pattern, end + 1);
  }
  marks.fill(0, row);
}
