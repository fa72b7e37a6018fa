import type { Tx } from '#server/db/in-org.ts';
import type { RunPlan } from './plan-run.ts';
import { recordRunActivity, theProgram } from './record-activity.ts';
import { unsupportedSettings } from './unsupported-settings.ts';

/** One entry in the run's history of what it does not do as set, if there is anything; with the counter locked. */
export async function noteUnsupported(
  tx: Tx,
  { orgId, runId, plan }: { orgId: string; runId: string; plan: RunPlan },
  now: number,
): Promise<void> {
  const unsupported = unsupportedSettings(plan);
  if (unsupported.length === 0) return;
  const summary = unsupported.map(({ message }) => message).join(' ');
  const entry = { orgId, runId, actor: theProgram, kind: 'run.unsupported', summary, details: { unsupported } };
  await recordRunActivity(tx, entry, now);
}
