import type { Selectable } from 'kysely';
import type { Preset, PresetChange, PresetRequest } from '#lib/protocol/collection-plans.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Schema } from '#server/db/schema.ts';
import type { Who } from '#server/http/app-env.ts';
import { loadCollectionSettings } from '#server/runs/collection-settings.ts';
import type { RunDeps } from '#server/runs/run-deps.ts';
import { choiceColumns, readChoice } from './choice.ts';
import { checkRoom } from './check-room.ts';
import { freeName } from './free-name.ts';
import { deleteOwnPlan, loadOwnPlan } from './own-plan.ts';

type Row = Selectable<Schema['collection_presets']>;

/** All of them, by name. */
export async function listPresets({ db }: RunDeps, { orgId }: Who): Promise<Preset[]> {
  const rows = await inOrg(db, orgId, (tx) =>
    tx.selectFrom('collection_presets').selectAll().where('org_id', '=', orgId).orderBy('name_key').execute(),
  );
  return rows.map(answerOf);
}

/** Throws `forbidden`, `name_taken`, `unknown_ids`, `invalid_request`. */
export function createPreset(deps: RunDeps, who: Who, request: PresetRequest): Promise<Preset> {
  if (!who.permissions.includes('runs.start')) throw new AppError('forbidden');
  return inOrg(deps.db, who.orgId, async (tx) => {
    await lockCounter(tx, who.orgId);
    await checkRoom(tx, 'collection_presets', who.orgId);
    const { default_settings: defaults } = await loadCollectionSettings(tx, who.orgId);
    const choice = readChoice(request, null, { sources: deps.sources, defaults });
    const at = new Date(deps.clock());
    const row = await tx
      .insertInto('collection_presets')
      .values({
        org_id: who.orgId,
        id: crypto.randomUUID(),
        ...(await freeName(tx, 'collection_presets', who.orgId, { name: request.name })),
        ...choiceColumns(choice),
        created_by: who.userId,
        created_at: at,
        updated_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return answerOf(row);
  });
}

/** What is left out stays. Throws `not_found`, and what `createPreset` throws. */
export function updatePreset(deps: RunDeps, who: Who, id: string, change: PresetChange): Promise<Preset> {
  return inOrg(deps.db, who.orgId, async (tx) => {
    await lockCounter(tx, who.orgId);
    const before = await loadOwnPlan(tx, who, 'collection_presets', id);
    const { default_settings: defaults } = await loadCollectionSettings(tx, who.orgId);
    const choice = readChoice(change, before, { sources: deps.sources, defaults });
    const row = await tx
      .updateTable('collection_presets')
      .set({
        ...(await freeName(tx, 'collection_presets', who.orgId, { name: change.name ?? before.name, own: id })),
        ...choiceColumns(choice),
        updated_at: new Date(deps.clock()),
      })
      .where('org_id', '=', who.orgId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return answerOf(row);
  });
}

/** Throws `not_found`, `forbidden`. */
export function deletePreset({ db }: RunDeps, who: Who, id: string): Promise<void> {
  return inOrg(db, who.orgId, (tx) => deleteOwnPlan(tx, who, 'collection_presets', id));
}

function answerOf({ org_id: _org, name_key: _key, created_at, updated_at, ...row }: Row): Preset {
  return { ...row, created_at: created_at.toISOString(), updated_at: updated_at.toISOString() };
}
