import { startWorkerEarly } from '#components/sellers/early-worker.ts';
import { blankRows, until } from './scripted-scroll.ts';
import { addHost, loadSubject } from './subjects.ts';

/*
 * A page that shows one grid (`?subject=`) as soon as it can: what it shows is read from disk while its scripts are being
 * loaded. `sellerdex` reads it itself, as in the manager; the others are handed the newest rows.
 */

async function open(name: string): Promise<number> {
  const isWhole = name === 'sellerdex';
  if (isWhole) startWorkerEarly();
  const reading = isWhole ? [] : import('./newest-rows.ts').then(({ newestRows }) => newestRows());
  const subject = await loadSubject(name);
  const rows = await reading;
  await until(
    () => blankRows(subject) === 0,
    () => subject.open(addHost(), rows),
  );
  return performance.now();
}

const name = new URLSearchParams(location.search).get('subject');
const opened = name === null ? Promise.resolve(0) : open(name);

const bench = {
  /** Milliseconds from navigation until the first screen of rows has been painted. */
  firstRows: () => opened,
};
declare global {
  var openingBench: typeof bench;
}
globalThis.openingBench = bench;
