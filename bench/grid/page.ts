import { z } from 'zod';
import { createSellers } from '#bench/store/made-sellers.ts';
import { fillStore } from './fill-store.ts';
import type { GridRow } from './rows.ts';
import { gridRows } from './rows.ts';
import type { Scrolled } from './scripted-scroll.ts';
import { blankRows, namesInView, painted, scriptedScroll, until } from './scripted-scroll.ts';
import type { GridSubject, Shown } from './subject.ts';
import { ROW_HEIGHT, TOLD_BY } from './subject.ts';
import { addHost, loadSubject } from './subjects.ts';

// As in the extension, whose content security policy forbids eval.
z.config({ jitless: true });

let subject: GridSubject | null = null;
let made: GridRow[] = [];

function running(): GridSubject {
  if (subject === null) throw new Error('no subject is open');
  return subject;
}

const bench = {
  fill: fillStore,
  /** Rows in memory, for those that keep them there. */
  make(rows: number): void {
    made = gridRows(createSellers(rows));
  },
  /** Milliseconds until the first screen of rows has been painted. */
  async open(name: string): Promise<number> {
    const opened = await loadSubject(name);
    subject = opened;
    const host = addHost();
    return until(
      () => blankRows(opened) === 0,
      () => opened.open(host, made),
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
