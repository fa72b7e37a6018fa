import { AppError } from '#lib/shared/app-error.ts';
import { errorFacts } from '#server/log.ts';
import { wait } from '#server/sources/wait.ts';
import { announceUnit, feed } from './announce.ts';
import type { Desk } from './desk/create-desk.ts';
import type { HandIn, Next } from './desk/hand-in.ts';
import type { Tries } from './failure.ts';
import { isThrottle, judgeFailure } from './failure.ts';
import { fetchPage, unitTitle } from './fetch-page.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

/** Works through one unit after the other, page by page, until it is told to stop. `look` waits for more work; false: there is none. */
export async function search(worker: Worker, desk: Desk, look: () => Promise<boolean>): Promise<void> {
  let handIn: HandIn = { did: 'nothing' };
  let tries: Tries = { failures: 0, throttles: 0 };
  let at = { unit: '', page: 0 };
  for (;;) {
    const next = await desk.exchange(worker.slot, handIn);
    if (next.do === 'stop') return;
    if (next.do === 'look') {
      if (!(await look())) return;
      handIn = { did: 'nothing' };
      continue;
    }
    const { unit, page } = next;
    if (unit.id !== at.unit) announceUnit(worker, unit);
    if (unit.id !== at.unit || page !== at.page) tries = { failures: 0, throttles: 0 };
    at = { unit: unit.id, page };
    handIn = await act(worker, next, tries);
  }
}

async function act(worker: Worker, next: Exclude<Next, { do: 'stop' | 'look' }>, tries: Tries): Promise<HandIn> {
  const { unit, page } = next;
  if (next.do === 'fail') return failureOf(worker, unit, page, tries, next.cause);
  if (next.do === 'wait') return waitFor(worker, unit, page, next.ms);
  const left = worker.deps.throttles.left(sourceOf(worker, unit));
  if (left > 0) return throttled(worker, unit, page, left);
  try {
    return { did: 'page', unit, page, found: await fetchPage(worker, unit, page, tries.failures + tries.throttles) };
  } catch (thrown) {
    return failureOf(worker, unit, page, tries, thrown);
  }
}

/** The source has asked another search to wait, so it is not called. */
function throttled(worker: Worker, unit: Unit, page: number, ms: number): HandIn {
  feed(worker, 'info', `${unitTitle(unit)}: waiting ${Math.ceil(ms / 1000)} s, as the provider asked.`);
  return {
    did: 'failure',
    unit,
    page,
    error: new AppError('rate_limited'),
    verdict: { do: 'wait', ms, reason: 'waiting' },
  };
}

function sourceOf({ run }: Worker, unit: Unit): string {
  return unit.kind === 'category' ? run.product_source : run.seller_source;
}

function failureOf(worker: Worker, unit: Unit, page: number, tries: Tries, thrown: unknown): HandIn {
  if (worker.calls.aborted) return { did: 'leave', unit, page };
  const error = thrown instanceof AppError ? thrown : new AppError('internal', { cause: thrown });
  if (isThrottle(error)) tries.throttles += 1;
  else tries.failures += 1;
  const verdict = judgeFailure(error, tries, worker.options.backoffMs);
  const title = unitTitle(unit);
  if (verdict.do === 'wait') {
    if (verdict.reason === 'waiting') worker.deps.throttles.hold(sourceOf(worker, unit), verdict.ms);
    const seconds = Math.ceil(verdict.ms / 1000);
    feed(worker, 'warning', `${title}: ${error.message} Waiting ${seconds} s before trying again.`);
  } else {
    feed(worker, 'error', `${title}: ${error.message}`);
    // A fault of our own is logged with its cause; a provider's is told by its code.
    const cause = error.code === 'internal' ? errorFacts(error) : {};
    const facts = { run: worker.run.id, unit: unit.key, page, code: error.code, details: error.details, ...cause };
    worker.deps.log(error.code === 'internal' ? 'error' : 'warning', 'A search failed.', facts);
  }
  return { did: 'failure', unit, page, error, verdict };
}

async function waitFor(worker: Worker, unit: Unit, page: number, ms: number): Promise<HandIn> {
  try {
    await wait(ms, worker.waits);
    return { did: 'wait', unit, page };
  } catch (reason) {
    if (!worker.waits.aborted) throw reason;
    return { did: 'leave', unit, page };
  }
}
