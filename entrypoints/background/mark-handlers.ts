import { nameProblem, normalizeName } from '#lib/domain/seller.ts';
import type { Input, Mark, SeenSeller } from '#lib/messaging/contract.ts';
import type { Handlers } from '#lib/messaging/serve.ts';
import { creationHandle, derivedId } from '#lib/shared/derived-id.ts';
import { findSellers, type FoundSeller } from '#lib/store/find-sellers.ts';
import type { NewMutation } from '#lib/store/outbox.ts';
import { readByNo } from '#lib/store/base-reads.ts';
import type { Target } from '#lib/store/types.ts';
import { addEdits, connected } from './edit-handlers.ts';
import type { CurrentWorkspace, Workspace } from './workspace.ts';

/** Longer than any command is repeated and any tab sleeps with one in hand. */
const DAY_MS = 86_400_000;

/** What the overlay asks and does. Its input comes out of eBay's page, so names decide and nothing else. */
export function markHandlers(
  current: CurrentWorkspace,
  sync: (fresh: boolean) => void,
  now: () => number = Date.now,
): Pick<Handlers, 'marks.lookup' | 'marks.change'> {
  return {
    async 'marks.lookup'({ names }) {
      const workspace = await current.get();
      if (workspace === null) return { connected: false, marks: [] };
      return { connected: true, marks: await marksOf(workspace, names) };
    },

    async 'marks.change'(said) {
      const change = { ...said, edited_at: plausibleTime(said.edited_at, now()) };
      const workspace = await connected(current);
      const found = await find(
        workspace,
        change.sellers.map(({ name }) => name),
      );
      await addEdits(workspace, [...creations(change, found), ...(await flaggings(workspace, change, found))]);
      sync(false);
      return {
        marks: await marksOf(
          workspace,
          change.sellers.map(({ name }) => name),
        ),
      };
    },
  };
}

// Both run by the same clock: a time to come, or one long past, is none of a click.
function plausibleTime(said: number, now: number): number {
  return said > now || said < now - DAY_MS ? now : said;
}

async function marksOf(workspace: Workspace, names: readonly string[]): Promise<Mark[]> {
  const found = await find(workspace, names);
  return names.map((name) => {
    const seller = found.get(normalizeName(name));
    if (seller === undefined) return { name, state: 'new', times_seen: 0 };
    return { name, state: seller.flagged ? 'flagged' : 'known', times_seen: seller.times_seen };
  });
}

function find({ writer }: Workspace, names: readonly string[]): Promise<Map<string, FoundSeller>> {
  return findSellers(writer.own, writer.base, [...new Set(names.map(normalizeName))]);
}

// Ids follow from the command's, so that a repeated command makes the same mutations, which are there already.
function creations(change: Input<'marks.change'>, found: ReadonlyMap<string, FoundSeller>): NewMutation[] {
  if (change.action === 'unflag') return [];
  const fresh = new Map<string, SeenSeller>();
  for (const seller of change.sellers) {
    const key = normalizeName(seller.name);
    if (!found.has(key) && nameProblem(seller.name) === null) fresh.set(key, seller);
  }
  return [...fresh].map(([key, { name, feedback_percent, feedback_count }]) => {
    const id = derivedId(change.id, `row ${key}`);
    const flag = change.action === 'flag' ? { flagged: true } : {};
    const data = { display_name: name, source: 'overlay', feedback_percent, feedback_count, ...flag };
    return {
      id: derivedId(change.id, `add ${key}`),
      table: 'sellers',
      op: 'create',
      targets: [{ id, no: creationHandle(id) }],
      data,
      edited_at: change.edited_at,
    };
  });
}

async function flaggings(
  workspace: Workspace,
  change: Input<'marks.change'>,
  found: ReadonlyMap<string, FoundSeller>,
): Promise<NewMutation[]> {
  if (change.action === 'add') return [];
  const flagged = change.action === 'flag';
  const targets = await targetsOf(
    workspace,
    [...found.values()].filter((seller) => seller.flagged !== flagged),
  );
  if (targets.length === 0) return [];
  return [
    {
      id: derivedId(change.id, 'flag'),
      table: 'sellers',
      op: 'flag',
      targets,
      data: { flagged },
      edited_at: change.edited_at,
    },
  ];
}

async function targetsOf({ writer }: Workspace, sellers: readonly FoundSeller[]): Promise<Target[]> {
  const pending = sellers.flatMap(({ id, no }) => (id === null ? [] : [{ id, no }]));
  const rows = await readByNo(
    writer.base,
    'sellers',
    sellers.filter(({ id }) => id === null).map(({ no }) => no),
  );
  return [...pending, ...rows.map(({ id, no }) => ({ id, no }))];
}
