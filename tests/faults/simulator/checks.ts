import { readMeta } from '#lib/store/own-database.ts';
import type { TableName } from '#lib/tables/index.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { SimulatedBrowser } from './browser.ts';
import { isField, type Reference } from './reference.ts';
import type { World } from './world.ts';

interface ServerRow {
  id: string;
  no: number;
  version: number;
  deleted: boolean;
}

/** A promise of the program that a history has broken. */
export class BrokenPromise extends Error {}

function hold(condition: boolean, words: () => string): asserts condition {
  if (!condition) throw new BrokenPromise(words());
}

/** The second promise, at any moment: whatever lies before the cursor is in the base. */
export async function checkCursor(world: World, browser: SimulatedBrowser): Promise<void> {
  const { target } = browser.writer;
  const cursor = await target.cursors.get('sellers');
  if (cursor === undefined) return;
  const body = JSON.parse(Buffer.from(cursor.cursor.split('.')[0] ?? '', 'base64url').toString()) as unknown[];
  const [at, below] = [Number(body[5]), body[6] as number | null];
  const held = new Map((await readTableOf(target, 'sellers')).map((row) => [row.no, row.version]));
  for (const row of await serverRows(world, browser.orgId, 'sellers')) {
    if (row.version > at || (below !== null && (row.no < below || row.deleted))) continue;
    const version = held.get(row.no);
    hold(
      row.deleted ? version === undefined || version > row.version : version !== undefined && version >= row.version,
      () => `${browser.key}: the cursor is at ${at}, but row ${row.no} of version ${row.version} is not there`,
    );
  }
}

/** All three promises, when nothing is under way any more. */
export async function checkQuiet(
  world: World,
  browsers: readonly SimulatedBrowser[],
  references: ReadonlyMap<string, Reference>,
): Promise<void> {
  for (const browser of browsers) {
    const left = await browser.writer.own.outbox.toArray();
    const error = (await readMeta(browser.writer.own, 'sync'))?.error?.code ?? 'no error';
    hold(
      left.length === 0,
      () => `${browser.key}: ${left.map(({ op, state }) => `${op} ${state}`).join()} stay in the outbox (${error})`,
    );
    for (const table of ['sellers', 'activity', 'collection-runs'] as const) await checkSame(world, browser, table);
    await checkSaved(world, browser);
    const reference = references.get(browser.orgId);
    if (reference !== undefined) checkOwnOrder(browser, reference);
  }
  for (const [orgId, reference] of references) {
    hold(reference.misreckoned.length === 0, () => reference.misreckoned.join());
    await checkValues(world, orgId, reference);
    await checkEffects(world, orgId);
  }
}

/** The client holds exactly the server's live rows of its workspace. */
async function checkSame(world: World, browser: SimulatedBrowser, table: TableName): Promise<void> {
  const held = (await readTableOf(browser.writer.base, table)).map(({ id, no, version }) => `${no} ${id} ${version}`);
  const rows = (await serverRows(world, browser.orgId, table)).filter(({ deleted }) => !deleted);
  const there = rows.toSorted((a, b) => b.no - a.no).map(({ id, no, version }) => `${no} ${id} ${version}`);
  hold(
    held.join() === there.join(),
    () => `${browser.key}: ${table} differ\n  client ${held.join()}\n  server ${there.join()}`,
  );
}

/** Every saved mutation has its result on the server, or waits for a person, or was settled by one. */
async function checkSaved(world: World, { key, orgId, saved, resolved, writer }: SimulatedBrowser): Promise<void> {
  const refused = new Map((await writer.own.attention.toArray()).map(({ id, error }) => [id, error.code]));
  const results = await inOrg(world.deps.database.db, orgId, (tx) =>
    tx.selectFrom('mutations').select(['id', 'result']).execute(),
  );
  const applied = new Set(results.filter(({ result }) => result['status'] === 'applied').map(({ id }) => id));
  for (const { id, op } of saved) {
    const places = [applied.has(id), refused.has(id), resolved.has(id)].filter(Boolean).length;
    hold(places === 1, () => `${key}: ${op} ${id} is in ${places} places (${refused.get(id) ?? ''})`);
    const code = refused.get(id) ?? 'deleted';
    hold(['deleted', 'not_found', 'name_taken'].includes(code), () => `${key}: ${op} ${id} was refused: ${code}`);
  }
}

/** A person's later edit never gives way to an earlier one of the same person in the same browser. */
function checkOwnOrder({ key, saved }: SimulatedBrowser, { madeAt, aliases }: Reference): void {
  const latest = new Map<string, number>();
  for (const { id, targets, data } of saved) {
    const at = madeAt.get(id);
    if (at === undefined) continue;
    for (const target of targets) {
      for (const field of Object.keys(data).filter(isField)) {
        const place = `${aliases.get(target.id) ?? target.id} ${field}`;
        const before = latest.get(place) ?? 0;
        hold(before <= at, () => `${key}: ${id} counts as made ${before - at} ms before its own earlier edit`);
        latest.set(place, at);
      }
    }
  }
}

async function checkValues(world: World, orgId: string, { rows }: Reference): Promise<void> {
  const stored = await inOrg(world.deps.database.db, orgId, (tx) =>
    tx.selectFrom('sellers').select(['id', 'display_name', 'flagged', 'note', 'deleted_at']).execute(),
  );
  for (const row of stored) {
    const expected = rows.get(row.id);
    hold(expected !== undefined, () => `row ${row.id} is nobody's`);
    hold((row.deleted_at !== null) === expected.deleted, () => `row ${row.id}: deleted is not ${expected.deleted}`);
    for (const [field, { value }] of expected.values) {
      const actual = row[field as 'display_name' | 'flagged' | 'note'];
      hold(actual === value, () => `row ${row.id}: ${field} is ${actual}, not ${String(value)}`);
    }
  }
}

/** No effect without its recorded result: an entry of the audit trail follows the rows that one mutation changed. */
async function checkEffects(world: World, orgId: string): Promise<void> {
  const [entries, results] = await inOrg(world.deps.database.db, orgId, async (tx) => [
    await tx.selectFrom('activity').select(['version', 'summary']).execute(),
    await tx.selectFrom('mutations').select('result').execute(),
  ]);
  const reached = new Set(results.map(({ result }) => Number(result['version'])));
  for (const { version, summary } of entries)
    hold(reached.has(version - 1), () => `“${summary}” took effect at ${version - 1} without a mutation's result`);
}

async function serverRows(world: World, orgId: string, table: TableName): Promise<ServerRow[]> {
  const name = table === 'collection-runs' ? 'collection_runs' : table;
  const rows = await inOrg(world.deps.database.db, orgId, (tx) =>
    tx.selectFrom(name).select(['id', 'no', 'version', 'deleted_at']).execute(),
  );
  return rows.map(({ deleted_at, ...row }) => ({ ...row, deleted: deleted_at !== null }));
}
