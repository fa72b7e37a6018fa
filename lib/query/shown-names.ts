import { withCapitals } from '#lib/store/cased-text.ts';
import type { Ends } from '#lib/store/packed-page.ts';
import { BLOCK_ROWS } from './text-column.ts';

/** What a page adds to its normalized names: their capitals, or texts of their own. `ends`: where each row's text ends. */
type Block = { readonly ends: Ends } & ({ readonly upper: Uint8Array } | { readonly text: string });

/** Names as people see them, kept as the difference to the normalized ones: a bit a letter instead of a second text. */
export interface ShownNames {
  /** `name`: the slot's normalized name. */
  get(slot: number, name: string): string;
  set(slot: number, shown: string, name: string): void;
  /** For the rows from slot `start` on, which begins an empty block. */
  fill(start: number, block: Block): void;
}

export function createShownNames(): ShownNames {
  const blocks = new Map<number, Block>();
  /** Names set one by one. */
  const own = new Map<number, string>();

  const shownNames: ShownNames = {
    get(slot, name) {
      const set = own.get(slot);
      if (set !== undefined) return set;
      const block = blocks.get(Math.floor(slot / BLOCK_ROWS));
      if (block === undefined) return name;
      const row = slot % BLOCK_ROWS;
      const from = row === 0 ? 0 : (block.ends[row - 1] ?? 0);
      return 'text' in block ? block.text.slice(from, block.ends[row]) : withCapitals(name, block.upper, from);
    },
    set(slot, shown, name) {
      own.delete(slot);
      if (shownNames.get(slot, name) !== shown) own.set(slot, shown);
    },
    fill(start, block) {
      blocks.set(start / BLOCK_ROWS, block);
    },
  };
  return shownNames;
}
