import { expect, it, vi } from 'vitest';
import type { QueryClient, ViewClient } from '#lib/query/query-client.ts';
import type { PackedTargets, SellerRow, ViewState, Window } from '#lib/query/query.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { everySeller } from './seller-query.ts';
import { createSellerView } from './seller-view.ts';

const ROWS = 4;
const state: ViewState = {
  revision: 1,
  total: ROWS,
  rows: ROWS,
  counts: [ROWS, 0, 0, ROWS],
  phase: 'ready',
};
const none: PackedTargets = { nos: new Float64Array(), ids: new Uint8Array() };
const flag = { op: 'flag', flagged: true } as const;
const some = (...nos: number[]) => ({ kind: 'some', handles: Float64Array.from(nos) }) as const;

/** A worker that answers when it is told to, in the order in which it was asked. */
function setUp() {
  const windows: ((flagged: readonly number[], moved: number) => Promise<void>)[] = [];
  const choices: PromiseWithResolvers<PackedTargets>[] = [];
  /** Views and listeners of the worker that are in use. */
  let open = 0;
  const asked: ViewClient = {
    update: () => undefined,
    window: () =>
      new Promise((resolve) => {
        windows.push((flagged, moved) => {
          const rows = Array.from({ length: ROWS }, (_, no) => rowOf(no, flagged.includes(no)));
          resolve({ state: { ...state, revision }, from: 0, rows, moved } satisfies Window);
          return settled();
        });
      }),
    positions: () => Promise.resolve([]),
    handleRuns: () => Promise.resolve(new Float64Array(0)),
    choose() {
      const choice = Promise.withResolvers<PackedTargets>();
      choices.push(choice);
      return choice.promise;
    },
    close: () => void (open -= 1),
  };
  let tell: (now: ViewState) => void = () => undefined;
  let revision = 0;
  const client = {
    openView(_query: unknown, onState: (now: ViewState) => void) {
      tell = onState;
      open += 1;
      return asked;
    },
    onFailure() {
      open += 1;
      return () => void (open -= 1);
    },
  } as unknown as QueryClient;
  const view = createSellerView(client, everySeller);
  const openBefore = open;
  view.open();
  const flags = () => view.snapshot().rows.flatMap(({ no, flagged }) => (flagged ? no : []));
  return {
    view,
    openBefore,
    open: () => open,
    flags,
    choices,
    changed: () => tell({ ...state, revision: ++revision }),
    counted: (counts: number[]) => tell({ ...state, revision, counts }),
    asked: () => windows.length,
    answer: (now: number[], moved = 0) => windows.shift()?.(now, moved),
  };
}

function rowOf(no: number, flagged: boolean): SellerRow {
  return { no, flagged, deleted_at: null, updated_at: 5 } as SellerRow;
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

it('shows a change of many before the worker has answered, also over an older answer', async () => {
  const { view, flags, choices, changed, answer } = setUp();
  changed();
  await answer([]);
  changed();
  const chosen = view.choose(some(1, 2), flag, 'a');
  expect(flags()).toEqual([1, 2]);
  // Asked for before the change, so without it.
  await answer([]);
  expect(flags()).toEqual([1, 2]);
  choices[0]?.resolve(none);
  await chosen;
  changed();
  expect(flags()).toEqual([1, 2]);
  await answer([1]);
  expect(flags()).toEqual([1]);
});

it('shows all but the excepted rows changed, and a deleted row as leaving', async () => {
  const { view, flags, changed, answer } = setUp();
  changed();
  await answer([3]);
  void view.choose({ kind: 'all', except: Float64Array.of(0) }, { op: 'flag', flagged: false }, 'a');
  expect(flags()).toEqual([]);
  void view.choose(some(1), { op: 'delete' }, 'b');
  expect(view.snapshot().rows.map(({ deleted_at }) => deleted_at)).toEqual([null, 5, null, null]);
});

it('shows the rows as they were when the change could not be worked out', async () => {
  const { view, flags, choices, changed, answer } = setUp();
  changed();
  await answer([]);
  const chosen = view.choose(some(1), flag, 'a');
  choices[0]?.reject(new AppError('internal'));
  await expect(chosen).rejects.toThrow(AppError);
  await answer([]);
  expect(flags()).toEqual([]);
});

it('shows nothing early when the change is only asked about', async () => {
  const { view, flags, changed, answer } = setUp();
  changed();
  await answer([]);
  void view.choose(some(1), flag, null);
  expect(flags()).toEqual([]);
});

it('counts the rows that came in above while one reads further down, until one is back at the top', async () => {
  const { view, changed, answer } = setUp();
  view.show(5, 9);
  changed();
  await answer([], 0);
  changed();
  await answer([], 12);
  expect(view.snapshot().above).toBe(12);
  changed();
  await answer([], 3);
  expect(view.snapshot().above).toBe(15);
  view.show(0, 4);
  expect(view.snapshot().above).toBe(0);
});

it('takes what was counted of the rows at hand without asking for them again', async () => {
  const { view, changed, counted, asked, answer } = setUp();
  changed();
  await answer([2]);
  counted([4, 1, 0, 4]);
  expect(asked()).toBe(0);
  expect(view.snapshot().state?.counts).toEqual([4, 1, 0, 4]);
  expect(view.snapshot().rows).toHaveLength(ROWS);
  changed();
  expect(asked()).toBe(1);
});

it('leaves nothing open once it is closed, and can be opened again', async () => {
  const { view, open, openBefore, flags, changed, answer } = setUp();
  expect([openBefore, open()]).toEqual([0, 2]);
  changed();
  view.close();
  expect(open()).toBe(0);
  // An answer that comes late is nobody's.
  await answer([1]);
  expect(view.snapshot().state).toBeNull();
  await expect(view.locate(1)).rejects.toThrow('not open');
  view.open();
  changed();
  await answer([2]);
  expect([flags(), open()]).toEqual([[2], 2]);
  view.close();
  view.close();
  expect(open()).toBe(0);
});

/** A worker with so many rows, that notes which of them it is asked for. */
function setUpLarge(total: number) {
  const reads: [from: number, to: number][] = [];
  let tell: (now: ViewState) => void = () => undefined;
  const asked = {
    update: () => undefined,
    window(from: number, to: number) {
      const [first, last] = [Math.max(0, from), Math.min(total, to)];
      reads.push([first, last]);
      const rows = Array.from({ length: last - first }, (_, at) => rowOf(first + at, false));
      return Promise.resolve({ state: { ...state, total, rows: total }, from: first, rows, moved: 0 });
    },
    close: () => undefined,
  } as unknown as ViewClient;
  const client = {
    openView(_query: unknown, onState: (now: ViewState) => void) {
      tell = onState;
      return asked;
    },
    onFailure: () => () => undefined,
  } as unknown as QueryClient;
  const view = createSellerView(client, everySeller);
  view.open();
  return {
    view,
    begin: () => tell({ ...state, total, rows: total }),
    /** What was asked for since it was last taken. */
    takeReads: () => reads.splice(0),
  };
}

it('reads many rows beyond those in view, and the next before one that is not read comes into view', async () => {
  const { view, begin, takeReads } = setUpLarge(100_000);
  // Asked for before anything is known of the list.
  expect(takeReads()).toEqual([[0, 48]]);
  begin();
  view.show(1_000, 1_020);
  await expect.poll(() => view.snapshot().from).toBe(920);
  expect(takeReads()).toEqual([
    [992, 1_028],
    [920, 1_100],
  ]);
  view.show(1_030, 1_050);
  await settled();
  expect(takeReads()).toEqual([]);
  view.show(1_061, 1_081);
  await settled();
  expect(takeReads()).toEqual([[981, 1_161]]);
  view.show(0, 20);
  await settled();
  expect(view.snapshot()).toMatchObject({ from: 0 });
});

it('reads few rows where it is leapt to, and those beyond them once it stays there', async () => {
  vi.useFakeTimers();
  try {
    const { view, begin, takeReads } = setUpLarge(100_000);
    begin();
    await vi.advanceTimersByTimeAsync(0);
    takeReads();
    view.show(50_000, 50_020);
    await vi.advanceTimersByTimeAsync(30);
    view.show(70_000, 70_020);
    await vi.advanceTimersByTimeAsync(30);
    // Left within the time: nothing more is read of the first place.
    expect(takeReads()).toEqual([
      [49_992, 50_028],
      [69_992, 70_028],
    ]);
    await vi.advanceTimersByTimeAsync(60);
    expect(takeReads()).toEqual([[69_920, 70_100]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(takeReads()).toEqual([]);
    // Of another list, too.
    view.setQuery({ ...everySeller, search: 'a' });
    await vi.advanceTimersByTimeAsync(0);
    expect(takeReads()).toEqual([[69_992, 70_028]]);
    view.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(takeReads()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
