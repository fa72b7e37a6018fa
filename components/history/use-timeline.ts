import { useCallback, useEffect, useMemo, useState } from 'react';
import { readRuns } from '#components/runs/read-runs.ts';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import { useWorkspace } from '#components/shell/session.ts';
import type { AppError } from '#lib/shared/app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { entriesReaderOf } from './read-entries.ts';
import { type Filter, matches, timeline, type TimelineItem } from './timeline.ts';
import { lineWords } from './timeline-words.ts';

/** A shown line with the words that it is found by. */
export interface Line {
  item: TimelineItem;
  words: [string, string];
}

export interface TimelineState {
  /** Newest first; null until they have been read. */
  lines: Line[] | null;
  /** Whether there are older ones that have not been read. */
  hasMore: boolean;
  more: () => void;
  error: AppError | null;
  retry: () => void;
}

/** Lines that are there before anybody scrolls. */
const FIRST_LINES = 200;

/** The history in the local data, followed as it grows; read as far back as the filter and the person need. */
export function useTimeline(filter: Filter): TimelineState {
  const { connection } = useWorkspace();
  const [pages, setPages] = useState(1);
  const read = useCallback(
    async (reader: StoreReader) => {
      // The outbox before the base: an entry leaves it only after the base holds its effect.
      const outbox = await reader.outbox('sellers');
      const only = outbox.filter(({ size }) => size === 1).flatMap(({ targets }) => targets.map(({ no }) => no));
      const [sellers, runs, entries] = await Promise.all([
        reader.readByNo('sellers', only),
        readRuns(reader),
        entriesReaderOf(reader)(pages),
      ]);
      const names = new Map(sellers.map((row) => [row.no, String(row['display_name'])]));
      // Runs are told anew when something in them has changed.
      const runsKey = runs.map(({ id, version }) => `${id}${version}`).join();
      const outboxKey = outbox.map(({ id, state }) => id + state).join();
      return { outbox, runs, names, ...entries, key: runsKey + outboxKey };
    },
    [pages],
  );
  const { value, error, retry } = useStoreRead(read, true);
  const shown = useUnchanged(value);
  const all = useMemo((): Line[] | null => {
    if (shown === null) return null;
    const oldest = shown.complete ? null : (shown.entries.at(-1)?.created_at ?? Number.POSITIVE_INFINITY);
    return timeline(shown, connection.user_id, oldest).map((item) => {
      return { item, words: lineWords(item, (no) => shown.names.get(no)) };
    });
  }, [shown, connection.user_id]);
  const lines = useMemo(
    () => all?.filter(({ item, words }) => matches(item, words.join(' '), filter)) ?? null,
    [all, filter],
  );
  const hasMore = value?.complete === false;
  const more = useCallback(() => setPages((before) => before + Math.max(1, Math.ceil(before / 2))), []);
  const isShort = hasMore && (lines?.length ?? 0) < FIRST_LINES;
  useEffect(() => {
    if (isShort) more();
  }, [isShort, value, more]);
  return { lines, hasMore, more, error, retry };
}

/** The value before as long as the new one holds the same, so that nothing is worked out again for it. */
function useUnchanged<T extends { entries: unknown; key: string }>(value: T | null): T | null {
  const [kept, setKept] = useState(value);
  const same = kept !== null && value !== null && kept.entries === value.entries && kept.key === value.key;
  if (value === null || same) return kept;
  setKept(value);
  return value;
}
