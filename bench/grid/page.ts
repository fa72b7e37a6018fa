import { z } from 'zod';
import { createSellers } from '#bench/store/made-sellers.ts';
import { fillStore, newestRows } from './fill-store.ts';
import type { GridRow } from './rows.ts';
import { gridRows } from './rows.ts';
import type { Scrolled } from './scripted-scroll.ts';
import { blankRows, namesInView, painted, paintedWith, scriptedScroll } from './scripted-scroll.ts';
import type { GridSubject, Shown } from './subject.ts';
import { ROW_HEIGHT, TOLD_BY } from './subject.ts';

// As in the extension, whose content security policy forbids eval.
z.config({ jitless: true });

/** Loaded one at a time: style sheets and modules of the others would weigh on it. */
const subjects: Record<string, () => Promise<() => GridSubject>> = {
  sellerdex: async () => (await import('./sellerdex.tsx')).createSellerdex,
  'sellerdex-memory': async () => (await import('./sellerdex-memory.tsx')).createSellerdexMemory,
  'ag-grid': async () => (await import('./ag-grid.ts')).createAgGrid,
  glide: async () => (await import('./glide.tsx')).createGlide,
};

let subject: GridSubject | null = null;
let made: GridRow[] = [];

function running(): GridSubject {
  if (subject === null) throw new Error('no subject is open');
  return subject;
}

/** Milliseconds until a frame was painted in which it is so. */
async function until(isSo: () => boolean, begin: () => void): Promise<number> {
  const from = performance.now();
  begin();
  while (!(await paintedWith(isSo)).seen) {
    if (performance.now() - from > 120_000) throw new Error('it was not shown within two minutes');
  }
  return performance.now() - from;
}

const bench = {
  fill: fillStore,
  /** Rows in memory, for those that keep them there. */
  make(rows: number): void {
    made = gridRows(createSellers(rows));
  },
  /**
   * Milliseconds until the first screen of rows has been painted. From disk: of the rows in the store, those with the
   * highest numbers are read and handed over, but to whom reads them itself.
   */
  async open(name: string, isFromDisk = false): Promise<number> {
    const create = await subjects[name]?.();
    if (create === undefined) throw new Error(`no subject ${name}`);
    const host = document.createElement('div');
    host.style.cssText = 'position: fixed; inset: 0';
    document.body.append(host);
    const opened = create();
    subject = opened;
    return until(
      () => blankRows(opened) === 0,
      () => {
        if (isFromDisk && name !== 'sellerdex') void newestRows().then((rows) => opened.open(host, rows));
        else opened.open(host, made);
      },
    );
  },
  scroll: (): Promise<Scrolled> => scriptedScroll(running()),
  /** To a place far away, until every row there is painted. */
  async jump(share: number): Promise<number> {
    const scroller = running().scroller();
    if (scroller === null) throw new Error('there is nothing to scroll');
    await painted();
    const before = new Set(namesInView(running()));
    return until(
      () => !running().isLate() && namesInView(running()).every((name) => name !== null && !before.has(name)),
      () => {
        scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
      },
    );
  },
  /** Another list, until its row `TOLD_BY` is painted in its place. */
  async show(shown: Shown, name: string): Promise<number> {
    const scroller = running().scroller();
    if (scroller !== null) scroller.scrollTop = 0;
    await painted();
    await painted();
    return until(
      () => running().namesAt([TOLD_BY * ROW_HEIGHT + 5])[0] === name,
      () => running().show(shown),
    );
  },
};

declare global {
  var gridBench: typeof bench;
}
globalThis.gridBench = bench;
