import { creationHandle } from '#lib/shared/derived-id.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tableNames } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { readByNo } from './base-reads.ts';
import type { OwnDatabase } from './own-database.ts';
import { bumpOutbox } from './own-database.ts';
import type { AliasRecord, OutboxEntry, Target } from './types.ts';

type Entry = Pick<OutboxEntry, 'table' | 'targets'>;

/**
 * Before a fresh base is read: edits let go of numbers under which it has other rows. A
 * server restored from a backup has lost rows and gives their numbers to others, on which nobody's edit of
 * the lost ones may show. The ids stay, and the server decides.
 */
export async function reseatTargets(own: OwnDatabase, base: BaseDatabase): Promise<void> {
  const [entries, refused, aliases] = await Promise.all([
    own.outbox.toArray(),
    own.attention.toArray(),
    own.aliases.toArray(),
  ]);
  const idByNo = new Map<TableName, Map<number, string>>();
  for (const table of tableNames)
    idByNo.set(table, await idsOf(base, table, [...entries, ...refused], table === 'sellers' ? aliases : []));
  const rowAt = (table: TableName, no: number): string | undefined => idByNo.get(table)?.get(no);
  const lost = aliases.filter(({ id, no }) => rowAt('sellers', no) !== id).map(({ requested_id }) => requested_id);
  const resolved = new Map(aliases.map(({ requested_id, id }) => [requested_id, id]));

  // A number that nobody has (of a deleted row, or of an edit made just now) shows on nothing.
  const isAstray = (table: TableName, { id, no }: Target): boolean => {
    const there = no < 0 ? undefined : rowAt(table, no);
    return there !== undefined && there !== id && there !== resolved.get(id);
  };
  const isMoved = ({ table, targets }: Entry): boolean => targets.some((target) => isAstray(table, target));
  const reseat = (entry: Entry): void => {
    entry.targets = entry.targets.map((target) =>
      isAstray(entry.table, target) ? { id: target.id, no: creationHandle(target.id) } : target,
    );
  };
  await own.transaction('rw', [own.outbox, own.attention, own.aliases, own.meta], async () => {
    await own.aliases.bulkDelete(lost);
    await own.outbox.filter(isMoved).modify(reseat);
    await own.attention.filter(isMoved).modify(reseat);
    await bumpOutbox(own);
  });
}

async function idsOf(
  base: BaseDatabase,
  table: TableName,
  entries: readonly Entry[],
  aliases: readonly AliasRecord[],
): Promise<Map<number, string>> {
  const targets = entries.filter((entry) => entry.table === table).flatMap((entry) => entry.targets);
  const nos = [...new Set([...targets, ...aliases].map(({ no }) => no))].filter((no) => no >= 0);
  return new Map((await readByNo(base, table, nos)).map(({ no, id }) => [no, id]));
}
