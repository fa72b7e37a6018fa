import { chunk } from '#lib/shared/chunk.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { pageNumbers, readPages, readRows } from './base-reads.ts';
import { isDiskFull } from './disk-full.ts';
import { abandonBase } from './generations.ts';
import { clearNotice } from './notices.ts';
import { readMeta, writeMeta } from './own-database.ts';
import { decodeRows } from './page-codec.ts';
import type { StoreWriter } from './writer.ts';

/** Pages that are decoded between two breaths: some 10 ms. */
const STEP_PAGES = 8;

/**
 * Gives up the base that is read when it cannot be opened, was complete and is not any more (the browser
 * dropped it), or, looked at to its last page, is damaged; it is pulled again from the server and nothing
 * of it is taken for a deletion. Resolves to whether it was given up.
 */
export async function mendBase(writer: StoreWriter, look: 'cursors' | 'pages'): Promise<boolean> {
  const { own, base } = writer;
  const wasComplete = (await readMeta(own, 'complete')) === base.generation;
  if (await isSound(base, wasComplete, look)) return false;
  await writer.use(await abandonBase(own));
  return true;
}

/** To be called after a sync: remembers that the base is complete, so that an empty one is noticed. */
export async function noteComplete({ own, base }: StoreWriter): Promise<void> {
  if (!(await isComplete(base))) return;
  if ((await readMeta(own, 'complete')) !== base.generation) await writeMeta(own, 'complete', base.generation);
  await clearNotice(own, 'rebuilding');
}

async function isSound(base: BaseDatabase, wasComplete: boolean, look: 'cursors' | 'pages'): Promise<boolean> {
  try {
    if (!(await isComplete(base)) && wasComplete) return false;
    if (look === 'pages') await readEverything(base);
    return true;
  } catch (error) {
    // On a full disk nothing opens, and nothing could be loaded again.
    if (toAppError(error).code !== 'storage_broken' || (await isDiskFull())) throw error;
    return false;
  }
}

async function isComplete(base: BaseDatabase): Promise<boolean> {
  const cursors = await base.cursors.bulkGet([...tableNames]);
  return cursors.every((cursor) => cursor?.complete === true);
}

async function readEverything(base: BaseDatabase): Promise<void> {
  for (const table of tableNames) {
    for (const numbers of chunk(await pageNumbers(base, table), STEP_PAGES))
      for (const { packed } of await readPages(base, table, numbers)) decodeRows(tables[table], packed);
    await readRows(base, table);
  }
  await base.shards.each(() => undefined);
  await base.segments.each(() => undefined);
}
