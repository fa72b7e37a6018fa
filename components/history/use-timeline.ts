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
      return { outbox, runs, names, ...entries };
    },
    [pages],
  );
  const { value, error, retry } = useStoreRead(read, true);
  const all = useMemo((): Line[] | null => {
    if (value === null) return null;
    const oldest = value.complete ? null : (value.entries.at(-1)?.created_at ?? Number.POSITIVE_INFINITY);
    return timeline(value, connection.user_id, oldest).map((item) => {
      return { item, words: lineWords(item, (no) => value.names.get(no)) };
    });
  }, [value, connection.user_id]);
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
