import { AppError } from '#lib/shared/app-error.ts';
import { chunk } from '#lib/shared/chunk.ts';
import { MAX_TARGETS, pieceId } from './mutation-pieces.ts';
import type { OwnDatabase } from './own-database.ts';
import { bumpAdded, readMeta } from './own-database.ts';
import type { OutboxEntry, Target } from './types.ts';

/** The last moment that a Date holds (ECMAScript, time values). */
const LAST_TIME = 8.64e15;

export type NewMutation = Pick<OutboxEntry, 'id' | 'table' | 'op' | 'targets' | 'data' | 'edited_at'> & {
  /** `create` of several rows: data of each target; then `data` is empty. */
  readonly rows?: OutboxEntry['rows'] | undefined;
};

/**
 * Adds mutations that are not there yet, in order, all or none; a repeated command adds nothing.
 * Resolves when they are durable. Throws `storage_full`, with nothing stored, when they name more than
 * `mostRows` rows, and what the database throws (a full disk aborts it whole).
 */
export async function addMutations(
  own: OwnDatabase,
  mutations: readonly NewMutation[],
  mostRows = Number.POSITIVE_INFINITY,
): Promise<void> {
  const pieces = mutations.flatMap(splitTargets);
  await own.transaction('rw', [own.outbox, own.attention, own.aliases, own.done, own.meta], async () => {
    const [present, serverTime, latest, noById] = await Promise.all([
      knownIds(
        own,
        pieces.map(({ id }) => id),
      ),
      readMeta(own, 'server_time'),
      latestEdit(own),
      confirmedNumbers(
        own,
        pieces.flatMap(({ targets }) => targets),
      ),
    ]);
    const added = pieces.filter(({ id }) => !present.has(id));
    if (added.length === 0) return;
    // Not of those that are stored already: the page that repeats its command would take them for refused.
    if (added.reduce((rows, { targets }) => rows + targets.length, 0) > mostRows) throw new AppError('storage_full');
    const seen_at = serverTime ?? null;
    const adding = own.outbox.bulkAdd(
      added.map((mutation) => ({
        ...mutation,
        targets: withNumbers(mutation.targets, noById),
        size: mutation.targets.length,
        edited_at: Math.max(latest, mutation.edited_at),
        rows: mutation.rows ?? null,
        seen_at,
        state: 'waiting',
        acknowledged: null,
      })),
    );
    await Promise.all([adding, bumpAdded(own)]);
  });
}

async function knownIds(own: OwnDatabase, ids: readonly string[]): Promise<Set<string | undefined>> {
  const [queued, refused, done] = await Promise.all([
    own.outbox.where('id').anyOf(ids).toArray(),
    own.attention.bulkGet([...ids]),
    own.done.bulkGet([...ids]),
  ]);
  return new Set([...queued, ...refused, ...done].map((entry) => entry?.id));
}

/**
 * Time of the newest edit in the outbox. A clock that was set back between two edits must not make the
 * second the older one, which the server would then pass over.
 */
export async function latestEdit(own: OwnDatabase): Promise<number> {
  const latest = (await own.outbox.orderBy('seq').last())?.edited_at ?? 0;
  // A time that no date holds cannot be sent; it must not become that of those behind it.
  return Math.abs(latest) <= LAST_TIME ? latest : 0;
}

/** Copies of the targets with the server's row number where it is known. Ids stay: what was sent must be sent the same again. */
export function withNumbers(targets: readonly Target[], noById: ReadonlyMap<string, number>): Target[] {
  return targets.map((target) => (target.no < 0 ? { id: target.id, no: noById.get(target.id) ?? target.no } : target));
}

function splitTargets(mutation: NewMutation): NewMutation[] {
  if (mutation.targets.length <= MAX_TARGETS) return [mutation];
  return chunk(mutation.targets, MAX_TARGETS).map((targets, at) => ({
    ...mutation,
    id: pieceId(mutation.id, at),
    targets,
    rows: mutation.rows?.slice(at * MAX_TARGETS, (at + 1) * MAX_TARGETS),
  }));
}

/** Row numbers of creations among the targets that the server has confirmed, by their first ids. */
export async function confirmedNumbers(own: OwnDatabase, targets: readonly Target[]): Promise<Map<string, number>> {
  const ids = [...new Set(targets.filter(({ no }) => no < 0).map(({ id }) => id))];
  const aliases = await own.aliases.bulkGet(ids);
  return new Map(aliases.flatMap((alias) => (alias === undefined ? [] : [[alias.requested_id, alias.no] as const])));
}
