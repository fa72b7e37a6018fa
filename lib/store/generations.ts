import { Dexie } from 'dexie';
import { withinMs } from '#lib/shared/within-ms.ts';
import { baseName, baseSchema } from './base-database.ts';
import { writeNotice } from './notices.ts';
import { resendAcknowledged } from './outbox-sending.ts';
import type { BasePointer, OwnDatabase } from './own-database.ts';
import { bumpRevision, readMeta, writeMeta } from './own-database.ts';

/*
 * Which base is read and which is filled.
 *
 *   {generation: n, building: null} ──(cursor refused)──▶ {n, building: n+1} ──(n+1 complete)──▶ {n+1, null}
 *                 │
 *                 └──(pages of another schema, or damaged)──▶ {n+1, null}: n cannot be read, so n+1 is shown as it fills
 *
 * A base that is given up takes its cursors with it, and with them the news that the server was restored from
 * a backup: what was confirmed and is not pulled is sent again in the same step, and a server that has it says so.
 */

/** The pointer; made at the first call, and moved on when this program's tables have other columns than the base. */
export async function openPointer(own: OwnDatabase): Promise<BasePointer> {
  return own.transaction('rw', own.outbox, own.meta, async () => {
    const pointer = await readMeta(own, 'base');
    if (pointer?.schema === baseSchema) return pointer;
    await resendAcknowledged(own);
    return movePointer(own, { generation: pointer === undefined ? 1 : newest(pointer) + 1, building: null });
  });
}

/** Begins a fresh base beside the one that is read. */
export async function beginRebuild(own: OwnDatabase): Promise<BasePointer> {
  return own.transaction('rw', own.outbox, own.meta, async () => {
    const pointer = await openPointer(own);
    return movePointer(own, { generation: pointer.generation, building: newest(pointer) + 1 });
  });
}

/** Gives up the base that is read: a fresh one is shown while it fills. */
export async function abandonBase(own: OwnDatabase): Promise<BasePointer> {
  return own.transaction('rw', own.outbox, own.meta, async () => {
    await writeNotice(own, 'rebuilding');
    await resendAcknowledged(own);
    return movePointer(own, { generation: newest(await openPointer(own)) + 1, building: null });
  });
}

/** The base being built is complete: it is read from now on. */
export async function finishRebuild(own: OwnDatabase): Promise<BasePointer> {
  return own.transaction('rw', own.outbox, own.meta, async () => {
    const pointer = await openPointer(own);
    return movePointer(own, { generation: pointer.building ?? pointer.generation, building: null });
  });
}

/** A context that does not let go, or a damaged file, must not hold up whoever has a base to use. */
const DELETE_MS = 5000;

/**
 * Deletes every base of this store that the pointer does not name; null: all. Readers let go of theirs by
 * themselves. What cannot be deleted now is tried again at the next opening.
 */
export async function deleteOtherBases(storeKey: string, pointer: BasePointer | null): Promise<void> {
  const kept = new Set(
    [pointer?.generation, pointer?.building].map((generation) => baseName(storeKey, generation ?? 0)),
  );
  const prefix = baseName(storeKey, 0).slice(0, -1);
  const names = await Dexie.getDatabaseNames();
  const deleted = Promise.allSettled(
    names.filter((name) => name.startsWith(prefix) && !kept.has(name)).map((name) => Dexie.delete(name)),
  );
  await withinMs(DELETE_MS, deleted);
}

function newest({ generation, building }: BasePointer): number {
  return Math.max(generation, building ?? 0);
}

async function movePointer(own: OwnDatabase, to: Omit<BasePointer, 'schema'>): Promise<BasePointer> {
  const pointer = { ...to, schema: baseSchema };
  await writeMeta(own, 'base', pointer);
  await bumpRevision(own);
  return pointer;
}
