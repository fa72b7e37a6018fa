import type { OutboxEntry } from '#lib/store/types.ts';
import type { Activity } from '#lib/tables/activity.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';

/** What a line of the history is about; also what it can be filtered by. */
export const topics = ['runs', 'added', 'changed', 'flags', 'deleted'] as const;
export type Topic = (typeof topics)[number];

interface Common {
  key: string;
  /** Epoch milliseconds. */
  at: number;
  topic: Topic;
  mine: boolean;
}
export type TimelineItem = Common &
  ({ kind: 'run'; run: CollectionRun } | { kind: 'change'; entry: Activity } | { kind: 'waiting'; edit: WaitingEdit });

/** An edit of mine that the server has not confirmed; parts of one edit of many rows are one. */
export type WaitingEdit = Pick<OutboxEntry, 'id' | 'op' | 'data' | 'edited_at' | 'targets'> & {
  /** Rows that it is about, in all parts. */
  size: number;
};

export interface Filter {
  topic: Topic | null;
  mine: boolean;
  search: string;
}

const topicOfOp: Readonly<Record<string, Topic>> = {
  create: 'added',
  update: 'changed',
  restore: 'changed',
  flag: 'flags',
  delete: 'deleted',
};

/**
 * Runs, changes and my unsent edits in one row, newest first. With `oldest` (no older entry is loaded yet) runs
 * before it wait for the entries around them.
 */
export function timeline(
  parts: { runs: readonly CollectionRun[]; entries: readonly Activity[]; outbox: readonly OutboxEntry[] },
  userId: string,
  oldest: number | null,
): TimelineItem[] {
  const runs = parts.runs
    .filter((run) => oldest === null || run.created_at >= oldest)
    .map((run): TimelineItem => {
      return { kind: 'run', key: run.id, at: run.created_at, topic: 'runs', mine: run.created_by === userId, run };
    });
  const changes = parts.entries.flatMap((entry): TimelineItem[] => {
    const topic = topicOf(entry);
    const mine = entry.actor_id === userId;
    return topic === null ? [] : [{ kind: 'change', key: entry.id, at: entry.created_at, topic, mine, entry }];
  });
  const waiting = joinParts(parts.outbox).map((edit): TimelineItem => {
    const topic = topicOfOp[edit.op] ?? 'changed';
    return { kind: 'waiting', key: edit.id, at: edit.edited_at, topic, mine: true, edit };
  });
  return [...waiting.toReversed(), ...[...runs, ...changes].sort((one, other) => other.at - one.at)];
}

/** Steps of a run are told by the run itself. */
function topicOf({ kind, run_id: runId }: Activity): Topic | null {
  if (runId !== null) return null;
  if (kind.startsWith('schedule.')) return 'runs';
  return topicOfOp[kind.split('.')[1] ?? ''] ?? 'changed';
}

/** One edit of many rows waits in parts, which share moment, kind and data. */
function joinParts(outbox: readonly OutboxEntry[]): WaitingEdit[] {
  const joined = new Map<string, WaitingEdit>();
  for (const { id, op, data, edited_at: at, targets, size, state } of outbox) {
    if (state === 'acknowledged') continue;
    const key = size === 1 ? id : JSON.stringify([op, at, data]);
    const before = joined.get(key);
    if (before === undefined) joined.set(key, { id, op, data, edited_at: at, targets, size });
    else before.size += size;
  }
  return [...joined.values()];
}

/** Whether the filter lets the line through; `words` are those that the line shows. */
export function matches(item: TimelineItem, words: string, { topic, mine, search }: Filter): boolean {
  if (topic !== null && item.topic !== topic) return false;
  if (mine && !item.mine) return false;
  const wanted = search.trim().toLowerCase();
  return wanted === '' || words.toLowerCase().includes(wanted);
}
