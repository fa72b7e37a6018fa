import { createAllowance } from '#lib/shared/create-allowance.ts';
import type { RunDeps } from './run-deps.ts';
import type { FeedLevel } from './publish-run.ts';
import { publishFeed, publishSellers, publishSellersChange } from './publish-run.ts';
import type { Run } from './run.ts';
import type { RecordedPages } from './desk/record-pages.ts';

/**
 * Tells of a run's progress no faster than anybody can follow: events are hints, each goes to every
 * process and listener, and an engine with a quick provider would make hundreds a second.
 */
export interface Announcer {
  feed(slot: number, level: FeedLevel, text: string): void;
  /** How many rows of sellers may be told of now. */
  rowsWanted(): number;
  sellers(recorded: Pick<RecordedPages, 'rows' | 'version'>): void;
  /** Tells what is due, or with `all` what has been held back; to be called now and then. */
  flush(which?: 'due' | 'all'): void;
}

const LINES_PER_SECOND = 20;
const ROWS_PER_SECOND = 120;
/** Everybody who hears that the list has grown pulls it. */
const CHANGE_EVERY_MS = 250;

export function createAnnouncer(deps: Pick<RunDeps, 'hub' | 'clock'>, run: Run): Announcer {
  const lines = createAllowance(LINES_PER_SECOND);
  const rows = createAllowance(ROWS_PER_SECOND);
  let version = 0;
  let toldAt = -Infinity;

  function flush(which: 'due' | 'all' = 'due'): void {
    const now = performance.now();
    if (version === 0 || (which === 'due' && now - toldAt < CHANGE_EVERY_MS)) return;
    publishSellersChange(deps, run.org_id, version);
    version = 0;
    toldAt = now;
  }

  return {
    feed(slot, level, text) {
      // What went wrong is always told: failures are rare, or the run pauses.
      if (lines.take(1) > 0 || level !== 'info') publishFeed(deps, run, { slot, text, level });
    },
    rowsWanted: rows.left,
    sellers(recorded) {
      rows.take(recorded.rows.length);
      publishSellers(deps, run, recorded.rows);
      version = Math.max(version, recorded.version);
      flush();
    },
    flush,
  };
}
