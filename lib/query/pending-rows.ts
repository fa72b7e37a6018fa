import type { OutboxEntry } from '#lib/store/types.ts';
import type { MutationOp, RowMutation } from '#lib/tables/define-table.ts';

/** One row's share of an outbox entry. */
export interface Pending {
  /** Id of the entry, whose contents never change but for its state. */
  readonly entry: string;
  readonly mutation: RowMutation;
}

const ofMarks: ReadonlySet<MutationOp> = new Set(['flag', 'delete', 'restore']);

/**
 * Whether these, whatever row it is, change nothing of it but whether it is flagged or deleted, and when that was. A
 * deletion of one's own ids looks at the row's id, which marks alone do not have.
 */
export function isOnlyMarks(mutations: readonly Pending[] | undefined): boolean {
  return mutations?.every(({ mutation: { op, data } }) => ofMarks.has(op) && data['own_ids'] !== true) ?? true;
}

/** The mutations of each row, in order, by the handle under which it is shown. */
export function groupByRow(
  entries: readonly OutboxEntry[],
  shownNo: (no: number) => number,
): Map<number, readonly Pending[]> {
  const groups = new Map<number, readonly Pending[]>();
  for (const entry of entries) {
    // But for what depends on the id the rows of an entry all get the same: thousands of rows share one object.
    const shared = [pendingOf(entry, 0)];
    for (const [index, target] of entry.targets.entries()) {
      const no = shownNo(target.no);
      const own = entry.op === 'create' || entry.data['own_ids'] === true ? [pendingOf(entry, index)] : shared;
      const group = groups.get(no);
      groups.set(no, group === undefined ? own : [...group, ...own]);
    }
  }
  return groups;
}

/** Joins mutations of rows: those that were the same list before are the same one afterwards. */
export function createJoin(): (before: readonly Pending[] | undefined, more: readonly Pending[]) => readonly Pending[] {
  const joined = new Map<readonly Pending[], Map<readonly Pending[], readonly Pending[]>>();
  return (before, more) => {
    if (before === undefined) return more;
    const ofMore = joined.get(more) ?? new Map<readonly Pending[], readonly Pending[]>();
    const all = ofMore.get(before) ?? [...before, ...more];
    joined.set(more, ofMore.set(before, all));
    return all;
  };
}

export function sameMutations(a: readonly Pending[] | undefined, b: readonly Pending[] | undefined): boolean {
  if (a === b) return true;
  if (a?.length !== b?.length) return false;
  return (a ?? []).every(({ entry }, index) => entry === b?.[index]?.entry);
}

function pendingOf(entry: OutboxEntry, index: number): Pending {
  const { op, edited_at } = entry;
  const data = entry.rows?.[index] ?? entry.data;
  return { entry: entry.id, mutation: { op, id: entry.targets[index]?.id ?? '', data, edited_at } };
}
