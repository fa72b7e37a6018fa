import { Dexie, type Table } from 'dexie';
import type { Column } from '#lib/tables/columns.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import { standAside } from './stand-aside.ts';
import type {
  ChangeRecord,
  CursorRecord,
  NameEntries,
  NameSegment,
  NameShard,
  PageRecord,
  PatchRecord,
  PatchState,
} from './types.ts';
import { toPatches } from './rows-to-patches.ts';

/**
 * What the server has confirmed and can be pulled again, cursors included, because rows and cursor
 * share a transaction. Written by pulls and compaction only; rebuilt as a new generation.
 */
export class BaseDatabase extends Dexie {
  declare readonly pages: Table<PageRecord, [string, number]>;
  declare readonly patches: Table<PatchRecord, number, Omit<PatchRecord, 'seq'>>;
  declare readonly patchStates: Table<PatchState, string>;
  declare readonly shards: Table<NameShard, number>;
  declare readonly segments: Table<NameSegment, number, NameEntries & { seq?: number }>;
  declare readonly cursors: Table<CursorRecord, string>;
  declare readonly changes: Table<ChangeRecord, number, Omit<ChangeRecord, 'seq'>>;
  readonly generation: number;

  /** `onLetGo` when another context deletes it; the next read would make an empty one. */
  constructor(storeKey: string, generation: number, onLetGo?: () => void) {
    super(baseName(storeKey, generation), { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
    this.generation = generation;
    this.version(1).stores({
      pages: '[table+page]',
      rows: '[table+no]',
      shards: 'shard',
      segments: '++seq',
      cursors: 'table',
      changes: '++seq',
    });
    // In 0.1.0 level two had a record for each row.
    this.version(2).stores({ rows: null, patches: '++seq, table', patchStates: 'table' }).upgrade(toPatches);
    standAside(this, onLetGo);
  }
}

export function baseName(storeKey: string, generation: number): string {
  return `sellerdex-base-${storeKey}-${generation}`;
}

/** Differs when any synced table has other columns than before, or a column another kind. */
export const baseSchema: string = tableNames
  .map(
    (name) =>
      `${name}(${Object.entries<Column>(tables[name].columns)
        .map(
          ([column, { kind, nullable, choices }]) =>
            `${column}:${kind}${nullable ? '?' : ''}${choices?.join('|') ?? ''}`,
        )
        .join(',')})`,
  )
  .join(';');
