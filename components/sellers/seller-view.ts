import type { AppError } from '#lib/shared/app-error.ts';
import type { NumberRuns } from '#lib/shared/number-runs.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import type { Anchor, PackedTargets, Query, SellerRow, ViewState } from '#lib/query/query.ts';
import type { QueryClient, ViewClient } from '#lib/query/query-client.ts';
import { keepRows } from './keep-rows.ts';
import type { PaintRows } from './paint-change.ts';
import { paintChange } from './paint-change.ts';
import { filterAlternatives } from './seller-filters.ts';

/** What is on the screen: one state and the rows around those in view, always of the same moment. */
export interface SellerSnapshot {
  /** Null until the first answer. */
  readonly state: ViewState | null;
  readonly from: number;
  readonly rows: readonly SellerRow[];
  /** Positions by which rows have moved on under the reader since the view was opened. */
  readonly moved: number;
  /** Rows that have come in above those in view since the reader left the top. */
  readonly above: number;
  readonly failure: AppError | null;
}

export interface SellerView {
  snapshot(): SellerSnapshot;
  subscribe(listener: () => void): () => void;
  setQuery(query: Query): void;
  /** Rows `first` to `last` (exclusive) are in view. */
  show(first: number, last: number): void;
  /** Position of the row, -1 when it does not match. */
  locate(handle: number): Promise<number>;
  locateAll(handles: readonly number[]): Promise<number[]>;
  /** With an id, the rows read so far are published changed before this returns: the next frame shows them so. */
  choose: ViewClient['choose'];
  /** Handles of the rows at positions `from` to `to` (exclusive). */
  runsBetween(from: number, to: number): Promise<NumberRuns>;
  retry(): void;
  /** Begins to follow the list; questions are refused before. Once closed, it can be opened again. */
  open(): void;
  close(): void;
}

/** Rows read beyond those in view, on each side: a page of keys or wheel shows no grey rows. */
const BUFFER = 80;
/** After a leap, or of another list, those in view come first; the others once it is known that they are wanted. */
const LEAP_BUFFER = 8;
/** Fewer of them left than this, and the next are read: before one that nobody has read comes into view. */
const AHEAD = 40;
/** A thumb that is dragged leaps again within this. */
const REST_MS = 60;
const nothing: SellerSnapshot = { state: null, from: 0, rows: [], moved: 0, above: 0, failure: null };

/** It follows nothing before it is opened. */
export function createSellerView(client: QueryClient, first: Query): SellerView {
  const listeners = new Set<() => void>();
  let query = first;
  let snapshot = nothing;
  let wanted = { first: 0, last: 40 };
  let reading = false;
  /** To be asked for whatever the rows at hand are. */
  let again = false;
  /** Revision that was told while rows were being asked for. */
  let told = 0;
  /** The list was not asked for yet: its rows have nothing to do with those that are shown, if any. */
  let isOther = true;
  /** Changes that the engine has been told and has not answered yet; what it answers afterwards has them. */
  let painting: readonly PaintRows[] = [];
  let restTimer: ReturnType<typeof setTimeout> | undefined;
  let opened: { readonly view: ViewClient; readonly stop: () => void } | null = null;

  function viewNow(): ViewClient {
    if (opened === null) throw new RangeError('the view is not open');
    return opened.view;
  }

  function publish(next: SellerSnapshot): void {
    snapshot = next;
    for (const listener of listeners) listener();
  }

  /** One question at a time; what was wanted meanwhile and the answer does not have is asked for after it, in one. */
  function read(): void {
    again = true;
    if (!reading && opened !== null) void readUntilCurrent();
  }

  async function readUntilCurrent(): Promise<void> {
    reading = true;
    while (again && opened !== null) {
      again = false;
      told = 0;
      const asked = opened;
      const range = wanted;
      const isFresh = isOther;
      try {
        const anchor = isFresh ? null : anchorOf(snapshot, wanted);
        isOther = false;
        const buffer = isFresh || isLeap() ? LEAP_BUFFER : BUFFER;
        const answer = await asked.view.window(wanted.first - buffer, wanted.last + buffer, anchor);
        const { state, from, rows, moved } = answer;
        if (asked !== opened) {
          again = true;
          continue;
        }
        if (moved !== 0) wanted = { first: wanted.first + moved, last: wanted.last + moved };
        const painted = keepRows(
          snapshot.rows,
          painting.reduce((shown, paint) => paint(shown), rows),
        );
        const above = anchor === null ? 0 : Math.max(0, snapshot.above + moved);
        publish({ state, from, rows: painted, moved: snapshot.moved + moved, above, failure: null });
        if (buffer < BUFFER) readOnAtRest();
      } catch (thrown) {
        isOther ||= isFresh;
        if (asked === opened) publish({ ...snapshot, failure: toAppError(thrown) });
      }
      again ||= told > (snapshot.state?.revision ?? 0) || (wanted !== range && !isNear());
    }
    reading = false;
  }

  function follow(state: ViewState): void {
    // Of the rows at hand: something was counted.
    if (reading) told = state.revision;
    else if (state.revision === snapshot.state?.revision) publish({ ...snapshot, state });
    else read();
  }

  async function chooseAndPaint(...[chosen, change, id]: Parameters<ViewClient['choose']>): Promise<PackedTargets> {
    const answer = viewNow().choose(chosen, change, id);
    if (id === null) return answer;
    const paint = paintChange(chosen, change);
    painting = [...painting, paint];
    publish({ ...snapshot, rows: paint(snapshot.rows) });
    try {
      return await answer;
    } catch (thrown) {
      read();
      throw thrown;
    } finally {
      painting = painting.filter((one) => one !== paint);
    }
  }

  /** Those beyond the rows in view, unless it is leapt further. */
  function readOnAtRest(): void {
    clearTimeout(restTimer);
    restTimer = setTimeout(() => {
      if (!reading && !isNear()) read();
    }, REST_MS);
  }

  /** None of the rows in view, or near it, is at hand. */
  function isLeap(): boolean {
    const { from, rows } = snapshot;
    return rows.length > 0 && (wanted.last + BUFFER < from || wanted.first - BUFFER > from + rows.length);
  }

  /** Rows in view and enough beyond them are at hand. */
  function isNear(): boolean {
    const first = Math.max(0, wanted.first - AHEAD);
    const last = wanted.last + AHEAD;
    const end = Math.min(last, snapshot.state?.total ?? 0);
    return snapshot.state !== null && first >= snapshot.from && end <= snapshot.from + snapshot.rows.length;
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setQuery(next) {
      isOther = true;
      query = next;
      opened?.view.update(next, filterAlternatives(next.where));
      read();
    },
    show(first, last) {
      if (wanted.first !== first || wanted.last !== last) wanted = { first, last };
      if (first === 0 && snapshot.above > 0) publish({ ...snapshot, above: 0 });
      if (!reading && !isNear()) read();
    },
    async locate(handle) {
      const [place] = await viewNow().positions([handle]);
      return place ?? -1;
    },
    locateAll: async (handles) => viewNow().positions(handles),
    choose: chooseAndPaint,
    runsBetween: async (from, to) => viewNow().handleRuns(from, to),
    retry() {
      publish({ ...snapshot, failure: null });
      client.retry();
    },
    open() {
      if (opened !== null) return;
      const view = client.openView(query, follow, filterAlternatives(query.where));
      opened = { view, stop: client.onFailure((failure) => publish({ ...snapshot, failure })) };
      read();
    },
    close() {
      clearTimeout(restTimer);
      opened?.stop();
      opened?.view.close();
      opened = null;
    },
  };
}

/** Position of a seller among the rows at hand, -1 when it is not of them. */
export function indexIn({ from, rows }: SellerSnapshot, no: number): number {
  const at = rows.findIndex((row) => row.no === no);
  return at < 0 ? -1 : from + at;
}

/** The rows in view, which are to stay where they are. Who is at the top wants to see what comes in there. */
function anchorOf({ from, rows }: SellerSnapshot, { first, last }: { first: number; last: number }): Anchor | null {
  if (first === 0) return null;
  const handles = rows.slice(Math.max(0, first - from), Math.max(0, last - from)).map(({ no }) => no);
  return { from: Math.max(first, from), handles };
}
