import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { AttentionEntry } from '#lib/store/types.ts';

/** Drawn at once: a screen or two. What is behind them is counted, and comes up as these are dealt with. */
const SHOWN = 50;

export interface Refusals {
  readonly shown: readonly AttentionEntry[];
  /** Of all, in their order. */
  readonly ids: readonly string[];
  /** Of sellers that a change is about alone, by number. */
  readonly names: ReadonlyMap<number, string>;
}

/** The refused changes, followed while the dialog is open; null until they have been read. */
export function useAttention(reader: StoreReader, open: boolean): Refusals | null {
  const [refusals, setRefusals] = useState<Refusals | null>(null);
  useEffect(() => {
    if (!open) return;
    let closed = false;
    const read = async () => {
      try {
        const next = await readRefusals(reader);
        if (!closed) setRefusals(next);
      } catch (thrown) {
        toast.error(errorWords(thrown));
      }
    };
    void read();
    const stop = reader.onChange(({ outbox }) => {
      if (outbox) void read();
    });
    return () => {
      closed = true;
      stop();
    };
  }, [reader, open]);
  return refusals;
}

async function readRefusals(reader: StoreReader): Promise<Refusals> {
  const entries = await reader.attention();
  const shown = entries.slice(0, SHOWN);
  const nos = shown.map(onlyTarget).filter((no) => no > 0);
  // Of sellers that were deleted a while ago even the tombstone is gone.
  const rows = [...(await reader.readRowsOf('sellers', nos)), ...(await reader.readByNo('sellers', nos))];
  const names = new Map(rows.map((row) => [row.no, String(row['display_name'])]));
  return { shown, ids: entries.map(({ id }) => id), names };
}

/** Number of the one seller that a change is about, or 0: of several, or not yet on the server. */
export function onlyTarget({ targets }: Pick<AttentionEntry, 'targets'>): number {
  return targets.length === 1 ? Math.max(0, targets[0]?.no ?? 0) : 0;
}
