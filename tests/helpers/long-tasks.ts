import type { CDPSession, Page } from '@playwright/test';

/** A task of a page's main thread. */
export interface Task {
  readonly ms: number;
  /** What took most of it, nested parts in their wholes, with milliseconds. */
  readonly causes: readonly string[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly type?: string } };
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'v8'];
/** A part of a task is named from there on. */
const CAUSE_MS = 5;

/**
 * Records what the renderers' main threads do while something is done with the page: in the browser itself, which
 * tells scripts, styles, layout, painting and the collection of garbage apart. `takeTasks` ends one stretch and begins
 * the next.
 */
export async function recordTasks(page: Page): Promise<{ takeTasks(): Promise<Task[]>; end(): Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  await begin(session);
  return {
    async takeTasks() {
      // What was set off is drawn first.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
      const events = await end(session);
      await begin(session);
      return tasksIn(events);
    },
    async end() {
      await end(session);
      await session.detach();
    },
  };
}

function begin(session: CDPSession): Promise<unknown> {
  const traceConfig = { includedCategories: CATEGORIES, excludedCategories: ['*'] };
  return session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
}

async function end(session: CDPSession): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]).filter(isTelling));
  session.on('Tracing.dataCollected', collect);
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', collect);
  return events;
}

const PAGE_IS_MADE = 'LocalWindowProxy';

/** Most events are parts of some microseconds: millions of them in minutes. */
function isTelling({ name, ph, dur = 0 }: TraceEvent): boolean {
  if (ph !== 'X') return name === 'thread_name';
  return dur >= CAUSE_MS * 1000 || name.startsWith(PAGE_IS_MADE);
}

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;

function tasksIn(events: readonly TraceEvent[]): Task[] {
  const named = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(named.map(threadOf));
  const parts = events.filter((event) => event.ph === 'X' && threads.has(threadOf(event)));
  const tasks = parts.filter(({ name }) => name.endsWith('RunTask'));
  return tasks.flatMap((task) => {
    const within = partsOf(task, parts);
    // There the browser makes a document and, for whoever drives it, further worlds of scripts.
    if (within.some(({ name }) => name.startsWith(PAGE_IS_MADE))) return [];
    return { ms: (task.dur ?? 0) / 1000, causes: causesOf(within) };
  });
}

function partsOf(task: TraceEvent, parts: readonly TraceEvent[]): TraceEvent[] {
  return parts.filter(
    (part) => part !== task && threadOf(part) === threadOf(task) && part.ts >= task.ts && endOf(part) <= endOf(task),
  );
}

function causesOf(parts: readonly TraceEvent[]): string[] {
  return parts
    .filter(({ dur = 0 }) => dur >= CAUSE_MS * 1000)
    .toSorted((one, other) => (other.dur ?? 0) - (one.dur ?? 0))
    .map(({ name, dur = 0, args }) => `${Math.round(dur / 1000)} ${[name, args.data?.type].filter(Boolean).join(' ')}`);
}
