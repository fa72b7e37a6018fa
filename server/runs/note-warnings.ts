import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import { errorFacts } from '#server/log.ts';
import type { Announcer } from './announcer.ts';
import type { FoundPage } from './desk/hand-in.ts';
import { unitTitle } from './fetch-page.ts';
import { recordRunActivity, theProgram } from './record-activity.ts';
import type { RunDeps } from './run-deps.ts';
import type { Run } from './run.ts';
import type { Unit } from './unit.ts';

const KIND = 'run.provider_warning';
/** Different warnings of a run that are told; a provider that words each differently must not fill the history. */
const MOST = 20;

/** Tells what the source of a page warned of, when the page has been written down. */
export type NoteWarnings = (slot: number, unit: Unit, found: FoundPage) => Promise<void>;

/**
 * Tells what a provider did not do as asked (a filter that it ignored): in the feed, and once for the run
 * in its history, so that a person who was not there sees why other sellers came than were wanted.
 */
export function createWarningNotes(deps: RunDeps, run: Run, announcer: Announcer): NoteWarnings {
  const told = new Set<string>();
  return async (slot, unit, found) => {
    if (found.kind !== 'product') return;
    for (const warning of found.warnings ?? []) {
      if (told.has(warning) || told.size >= MOST) continue;
      told.add(warning);
      announcer.feed(slot, 'warning', `${unitTitle(unit)}: ${warning}`);
      // The page is recorded and paid: that this could not be written down must not have it fetched again.
      await record(deps, run, warning).catch((error: unknown) =>
        deps.log('error', 'A warning could not be recorded.', { run: run.id, ...errorFacts(error) }),
      );
    }
  };
}

async function record(deps: RunDeps, run: Run, warning: string): Promise<void> {
  const ids = { orgId: run.org_id, runId: run.id };
  const version = await inOrg(deps.db, run.org_id, async (tx) => {
    await lockCounter(tx, run.org_id);
    const told = await tx
      .selectFrom('activity')
      .select('id')
      .where('org_id', '=', run.org_id)
      .where('run_id', '=', run.id)
      .where('kind', '=', KIND)
      .where('summary', '=', warning)
      .executeTakeFirst();
    if (told) return null;
    return recordRunActivity(tx, { ...ids, kind: KIND, summary: warning, actor: theProgram }, deps.clock());
  });
  if (version === null) return;
  deps.hub.publish({
    orgId: run.org_id,
    creator: run.created_by,
    event: 'change',
    data: { table: 'activity', version },
  });
}
