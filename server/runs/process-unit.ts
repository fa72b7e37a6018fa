import { setImmediate } from 'node:timers/promises';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { errorFacts } from '#server/log.ts';
import { wait } from '#server/sources/wait.ts';
import { announcePage, announceUnit, feed } from './announce.ts';
import type { Tries } from './failure.ts';
import { isThrottle, judgeFailure, quotaResetsAt } from './failure.ts';
import { fetchPage, unitTitle } from './fetch-page.ts';
import { noteWarnings } from './note-warnings.ts';
import { pauseRun } from './pause-run.ts';
import { publishSellers } from './publish-run.ts';
import type { FoundPage, RecordedPage } from './record-page.ts';
import { recordPage } from './record-page.ts';
import { releaseUnit, settleFailure } from './settle-failure.ts';
import { reserveCost } from './sql/reserve-cost.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

type After = 'same_page' | 'next_page' | 'leave';

/** Works through a claimed unit page by page until it is done, failed or somebody else's matter. */
export async function processUnit(worker: Worker, unit: Unit): Promise<void> {
  announceUnit(worker, unit);
  let tries: Tries = { failures: 0, throttles: 0 };
  let page = unit.next_page;
  for (;;) {
    // The embedded database and the catalogue answer without any I/O: requests must get their turn.
    await setImmediate();
    if (!(await reserve(worker, unit, page))) return;
    const after = await tryPage(worker, unit, page, tries);
    if (after === 'leave') return;
    if (after === 'next_page') {
      page += 1;
      tries = { failures: 0, throttles: 0 };
    }
  }
}

async function reserve(worker: Worker, unit: Unit, page: number): Promise<boolean> {
  const { deps, options, run, prices } = worker;
  const price = unit.kind === 'category' ? prices.product : prices.seller;
  const answer = await inOrg(deps.db, run.org_id, (tx) => reserveCost(tx, unit, options.owner, price));
  if (answer === 'over_budget') await pauseRun(worker, 'budget');
  if (answer === 'over_budget' || answer === 'stopped') await releaseUnit(worker, unit, page);
  return answer === 'reserved';
}

async function tryPage(worker: Worker, unit: Unit, page: number, tries: Tries): Promise<After> {
  let found: FoundPage;
  let recorded: RecordedPage | null;
  try {
    found = await fetchPage(worker, unit, page, tries.failures + tries.throttles);
    recorded = await recordPage(worker, unit, page, found);
  } catch (thrown) {
    // A page that cannot be written down is a failed search like one that cannot be read.
    return afterFailure(worker, unit, page, tries, thrown);
  }
  if (recorded === null) return 'leave';
  if (recorded.sellers) publishSellers(worker.deps, worker.run, recorded.sellers.rows, recorded.sellers.version);
  announcePage(worker, unit, page, recorded);
  if (found.kind === 'product') await noteWarnings(worker, unit, found.warnings ?? []);
  return recorded.goesOn ? 'next_page' : 'leave';
}

async function afterFailure(worker: Worker, unit: Unit, page: number, tries: Tries, thrown: unknown): Promise<After> {
  if (worker.calls.aborted) {
    await releaseUnit(worker, unit, page);
    return 'leave';
  }
  const error = thrown instanceof AppError ? thrown : new AppError('internal', { cause: thrown });
  if (isThrottle(error)) tries.throttles += 1;
  else tries.failures += 1;
  const verdict = judgeFailure(error, tries, worker.options.backoffMs);
  const tooMany = await settleFailure(worker, unit, page, error, verdict);
  const title = unitTitle(unit);
  if (verdict.do === 'wait') {
    const seconds = Math.ceil(verdict.ms / 1000);
    feed(worker, 'warning', `${title}: ${error.message} Waiting ${seconds} s before trying again.`);
    return waitOrRelease(worker, unit, page, verdict.ms);
  }
  feed(worker, 'error', `${title}: ${error.message}`);
  // A fault of our own is logged with its cause; a provider's is told by its code.
  const cause = error.code === 'internal' ? errorFacts(error) : {};
  const facts = { run: worker.run.id, unit: unit.key, page, code: error.code, details: error.details, ...cause };
  worker.deps.log(error.code === 'internal' ? 'error' : 'warning', 'A search failed.', facts);
  if (verdict.do === 'pause') await pauseRun(worker, verdict.reason, quotaResetsAt(error));
  else if (tooMany) await pauseRun(worker, 'provider_errors');
  return 'leave';
}

async function waitOrRelease(worker: Worker, unit: Unit, page: number, ms: number): Promise<After> {
  try {
    await wait(ms, worker.waits);
    return 'same_page';
  } catch (reason) {
    if (!worker.waits.aborted) throw reason;
    await releaseUnit(worker, unit, page);
    return 'leave';
  }
}
