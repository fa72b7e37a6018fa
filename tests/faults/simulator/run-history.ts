import { derivedId } from '#lib/shared/derived-id.ts';
import { findSellers } from '#lib/store/find-sellers.ts';
import type { NewMutation } from '#lib/store/outbox.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import type { Target } from '#lib/store/types.ts';
import { seededRandom } from '#tests/helpers/seeded-random.ts';
import { creationTarget, openBrowser, type SimulatedBrowser } from './browser.ts';
import { BrokenPromise, checkCursor, checkQuiet } from './checks.ts';
import { createKillableDatabases, type KillableDatabases } from './killable-databases.ts';
import { createReference, type Reference } from './reference.ts';
import type { History, Step } from './steps.ts';
import { createWire, type Wire } from './wire.ts';
import type { World } from './world.ts';

const YEAR_MS = 365 * 86_400_000;
/** Longer than any silence and any pause between tries. */
const LONG_MS = 61_000;
/** Once faults stop, everything must be through after that many rounds of syncs. */
const MOST_ROUNDS = 12;
const MOST_MOVES = 400;

interface Course {
  readonly world: World;
  readonly wire: Wire;
  readonly databases: KillableDatabases;
  readonly browsers: readonly SimulatedBrowser[];
  readonly references: ReadonlyMap<string, Reference>;
  readonly newId: () => string;
  /** Pushes that the server has answered. */
  pushes: number;
}

let histories = 0;

/** Plays a history against the real server and checks every promise. Throws `BrokenPromise`. */
export async function runHistory(world: World, { browsers: count, steps }: History): Promise<void> {
  const course = await begin(world, count);
  try {
    for (const [at, step] of steps.entries()) {
      await play(course, step);
      await settle(course);
      await reviveDead(course);
      if (at % 8 === 7) for (const browser of course.browsers) await lookAtCursor(course, browser);
    }
    await quieten(course);
    await checkQuiet(world, course.browsers, course.references);
  } finally {
    course.wire.cut();
    await settle(course);
    for (const browser of course.browsers) browser.close();
    course.databases.restore();
  }
}

async function begin(world: World, count: number): Promise<Course> {
  const databases = createKillableDatabases();
  const random = seededRandom(++histories);
  const orgs = await world.newWorkspaces(count > 2 ? 2 : 1);
  const references = new Map(orgs.map((orgId) => [orgId, createReference()]));
  let ids = 0;
  const newId = (): string => derivedId('00000000-0000-4000-8000-000000000000', `${histories} ${++ids}`);
  const orgOf = (at: number): string => (at === count - 1 ? orgs.at(-1) : orgs[0]) ?? '';
  const keys = Array.from({ length: count }, (_, at) => `h${histories}b${at}`);
  const wire = createWire(world.app, (served) => {
    if (served.url.endsWith('/sync/push')) course.pushes++;
    world.count('served');
    references.get(orgOf(keys.indexOf(served.client)))?.see(served, world.now());
  });
  const browsers: SimulatedBrowser[] = [];
  for (const [at, key] of keys.entries()) {
    const options = { key, token: world.tokens[at] ?? '', orgId: orgOf(at), wire, databases, random, newId };
    browsers.push(await openBrowser({ ...options, now: world.now }));
  }
  const course: Course = { world, wire, databases, browsers, references, newId, pushes: 0 };
  return course;
}

async function play(course: Course, step: Step): Promise<void> {
  const { world, wire, browsers, databases } = course;
  const browser = 'browser' in step ? browsers[step.browser % browsers.length] : browsers[0];
  if (browser === undefined) return;
  switch (step.kind) {
    case 'create':
    case 'edit':
    case 'flag all':
      return edit(course, browser, step);
    case 'repeat': {
      // A command whose answer was lost comes again, perhaps long after all of it was settled.
      const again = browser.saved[step.which % Math.max(1, browser.saved.length)];
      if (again !== undefined) await browser.repeat(again.id);
      return;
    }
    case 'attention':
      return browser.resolve(step.action);
    case 'sync':
      return browser.sync();
    case 'move':
      for (const pick of step.picks) {
        if (wire.waiting === 0) return;
        world.count(`${wire.isAnswer(pick % wire.waiting) ? 'answer' : 'request'}: ${step.fate}`);
        await wire.move(pick % wire.waiting, step.fate);
        await settle(course);
      }
      return;
    case 'flow':
      return flow(course, step.count);
    case 'kill':
      return databases.killAfter(browser.key, step.after);
    case 'kill at answer':
      return killAtAnswer(course, step.pick, step.after);
    case 'clock':
      world.count('clock jump');
      browser.offset += step.years * YEAR_MS;
      return;
    case 'time':
      return world.advance(step.ms);
    case 'purge':
      // No connection lives for a month.
      wire.cut();
      if (await world.purge()) world.count('purge');
      return;
    case 'epoch':
      world.count('epoch');
      return world.newEpoch();
  }
}

async function edit(
  course: Course,
  browser: SimulatedBrowser,
  step: Extract<Step, { kind: 'create' | 'edit' | 'flag all' }>,
): Promise<void> {
  const { databases } = course;
  const mutation = await databases.lookOn(() => mutationOf(course, browser, step));
  if (mutation === null) return;
  await browser.save(mutation);
  course.world.count('edit');
  if (step.kind === 'edit' ? step.value % 2 === 0 : step.flagged) browser.sync();
  if (step.kind === 'create') await databases.lookOn(() => checkShown(browser, step.name, step.flagged));
}

/** What was just saved is what the screen shows. */
async function checkShown(browser: SimulatedBrowser, name: number, flagged: boolean): Promise<void> {
  if (browser.isDead()) return;
  const found = await findSellers(browser.writer.own, browser.writer.base, [`seller_${name}`]);
  const shown = found.get(`seller_${name}`)?.flagged;
  if (shown !== flagged) throw new BrokenPromise(`${browser.key}: seller_${name} shows ${shown}, not ${flagged}`);
}

async function mutationOf(
  { world, newId }: Course,
  browser: SimulatedBrowser,
  step: Extract<Step, { kind: 'create' | 'edit' | 'flag all' }>,
): Promise<NewMutation | null> {
  const shared = { id: newId(), table: 'sellers' as const, edited_at: world.now() + browser.offset };
  if (step.kind === 'create') {
    const target = creationTarget(newId());
    browser.made.push(target);
    const data = { display_name: `seller_${step.name}`, flagged: step.flagged };
    return { ...shared, op: 'create', targets: [target], data };
  }
  const rows = [...(await readTableOf(browser.writer.base, 'sellers')), ...browser.made];
  const targets = rows.map(({ id, no }) => ({ id, no }));
  if (targets.length === 0) return null;
  if (step.kind === 'flag all') return { ...shared, op: 'flag', targets, data: { flagged: step.flagged } };
  const target = targets[step.row % targets.length];
  return target === undefined ? null : { ...shared, ...changeOf(browser, step, target) };
}

function changeOf(
  browser: SimulatedBrowser,
  { what, value }: Extract<Step, { kind: 'edit' }>,
  target: Target,
): Pick<NewMutation, 'op' | 'targets' | 'data'> {
  switch (what) {
    case 'flag':
    case 'unflag':
      return { op: 'flag', targets: [target], data: { flagged: what === 'flag' } };
    case 'rename':
      return { op: 'update', targets: [target], data: { display_name: `renamed_${value}` } };
    case 'note':
      return { op: 'update', targets: [target], data: { note: value === 0 ? null : `note ${value}` } };
    case 'delete':
      return { op: 'delete', targets: [target], data: value === 0 ? { never_again: true } : {} };
    case 'restore': {
      const gone = browser.saved.findLast(({ op }) => op === 'delete')?.targets ?? [target];
      return { op: 'restore', targets: gone, data: {} };
    }
  }
}

async function flow(course: Course, count: number): Promise<void> {
  for (let moved = 0; moved < count && course.wire.waiting > 0; moved++) {
    await course.wire.move(0, 'pass');
    await settle(course);
  }
}

/** Something arrives, and the worker dies while it takes it in. */
async function killAtAnswer({ wire, databases }: Course, pick: number, after: number): Promise<void> {
  const index = pick % Math.max(1, wire.waiting);
  const key = wire.clientAt(index);
  if (key === undefined) return;
  databases.killAfter(key, after);
  await wire.move(index, 'pass');
}

/** Waits until every browser waits for the wire, for time, or for nothing. */
async function settle({ databases }: Pick<Course, 'databases'>): Promise<void> {
  let seen = -1;
  for (let still = 0; still < 12; still++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (databases.requests !== seen) still = 0;
    seen = databases.requests;
  }
}

async function reviveDead(course: Course): Promise<void> {
  for (const browser of course.browsers) {
    if (!course.databases.isDead(browser.key)) continue;
    course.world.count('worker killed');
    await browser.revive();
    await lookAtCursor(course, browser);
    // Every start of the worker looks after unfinished work.
    if ((await course.databases.lookOn(() => browser.writer.own.outbox.count())) > 0) browser.sync();
  }
}

function lookAtCursor({ world, databases }: Course, browser: SimulatedBrowser): Promise<void> {
  return databases.lookOn(() => checkCursor(world, browser));
}

/** No more faults: everything must be through soon. */
async function quieten(course: Course): Promise<void> {
  for (const { key } of course.browsers) course.databases.revive(key);
  let moves = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { pushes } = course;
    // A sync from before may have pulled before the last push of another.
    const isFresh = !course.browsers.some((browser) => browser.isSyncing());
    for (const browser of course.browsers) if (!browser.isSyncing()) browser.sync();
    await settle(course);
    for (; course.wire.waiting > 0; moves++) {
      if (moves > MOST_MOVES * course.browsers.length) throw new BrokenPromise('the wire never comes to rest');
      await flow(course, 1);
    }
    // Browsers that still pause before a try, or hang on a dead line.
    course.world.advance(LONG_MS);
    await settle(course);
    const isStill = course.wire.waiting === 0 && !course.browsers.some((browser) => browser.isSyncing());
    if (isFresh && isStill && course.pushes === pushes) return;
  }
  throw new BrokenPromise(`not at rest after ${MOST_ROUNDS} rounds without faults`);
}
