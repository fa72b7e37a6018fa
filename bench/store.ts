import { parseArgs } from 'node:util';
import type { BrowserName } from './shared/bench-browser.ts';
import { packageVersions } from './shared/package-versions.ts';
import { writeReport } from './shared/report.ts';
import { serveBundle } from './shared/serve-bundle.ts';
import type { Figures } from './store/measure-subject.ts';
import { measureSubject } from './store/measure-subject.ts';

/*
 * Our store beside its peers, in a real browser with a profile on disk: the same rows, the same answers, in turns, each
 * subject in a new profile. Correctness first: in round 1 every row is compared with what was sent, after each step.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    subjects: { type: 'string', default: 'sellerdex,dexie-rows,paged-rows,rxdb,sqlite-opfs' },
    browser: { type: 'string', default: 'chromium' },
    /** Seconds after which a first sync or a rebuild is broken off. */
    limit: { type: 'string', default: '120' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const subjects = values.subjects.split(',');
const browser: BrowserName = values.browser === 'firefox' ? 'firefox' : 'chromium';
const limitMs = Number(values.limit) * 1000;

const served = await serveBundle('bench/store/page.ts');
try {
  const figures = new Map<string, Figures[]>(subjects.map((subject) => [subject, []]));
  // One that was broken off in round 1 would be broken off again.
  const stopped = new Map<string, string>();
  for (let round = 1; round <= rounds; round++) {
    // Turns change places, so that none always runs on the warmer disk cache.
    for (const subject of round % 2 === 1 ? subjects : subjects.toReversed()) {
      if (stopped.has(subject)) continue;
      const measured = await measureSubject({ subject, rows, round, limitMs, browser, url: served.url });
      process.stderr.write(`round ${round} ${subject} ${JSON.stringify(measured.medians)}\n`);
      figures.get(subject)?.push(measured);
      if (measured.stopped !== null) stopped.set(subject, measured.stopped);
    }
  }
  await writeReport({
    name: browser === 'chromium' ? 'store' : 'store-firefox',
    rows,
    rounds,
    subjects,
    versions: [
      figures.get(subjects[0] ?? '')?.[0]?.browser ?? browser,
      ...packageVersions('dexie', 'rxdb', '@sqlite.org/sqlite-wasm'),
    ],
    metrics: [
      { name: 'apply', unit: 'rows/s', better: 'higher', says: 'a first sync stored, indexes and all' },
      { name: 'scattered', unit: 'ms', better: 'lower', says: '1,000 changes all over the table' },
      { name: 'point', unit: 'ms', better: 'lower', says: 'one row by its number' },
      { name: 'lookup', unit: 'ms', better: 'lower', says: '240 names, half of them known, nothing open yet' },
      {
        name: 'scattered 200k',
        unit: 's',
        better: 'lower',
        says: '200,000 further changes all over the table, 10,000 in an answer',
      },
      { name: 'compaction', unit: 'ms', better: 'lower', says: 'idle work after 5,000 changes' },
      { name: 'rebuild', unit: 's', better: 'lower', says: 'a fresh copy beside the old one, which then goes' },
      { name: 'disk', unit: 'MB', better: 'lower', says: 'taken after all of that but the rebuild' },
      {
        name: 'memory',
        unit: 'MB',
        better: 'lower',
        says: 'most of the page’s process above an empty page, while applying',
      },
    ],
    values: (subject, metric) => figures.get(subject)?.flatMap(({ values }) => values[metric] ?? []) ?? [],
    notes: [...stopped].map(([subject, note]) => `${subject}: ${note}`),
  });
} finally {
  served.close();
}
