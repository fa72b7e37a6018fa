import { useRef, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import type { ExportForm } from '#lib/query/export-text.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { ChosenRows, Query } from '#lib/query/query.ts';
import { createBlobSink } from '#lib/transfer/blob-sink.ts';
import type { ExportSink } from '#lib/transfer/export-file.ts';
import { writeExport } from '#lib/transfer/export-file.ts';
import { openFile } from './save-file.ts';

/** Rows of one piece: some 700 kB of CSV, and 30 ms of the worker, which answers others in between. */
const PART_ROWS = 5000;

export interface ExportOrder {
  readonly query: Query;
  /** Null: every row that matches. */
  readonly chosen: ChosenRows | null;
  readonly form: ExportForm;
  readonly mark: boolean;
}

export interface RunningExport {
  /** Rows written so far; null when nothing runs. */
  readonly done: number | null;
  readonly failure: string | null;
  /** Handles of the rows that were exported; null when it was cancelled or failed. To be called in a click. */
  start(order: ExportOrder): Promise<Float64Array | null>;
  cancel(): void;
}

/** Exports to a file or the clipboard, one at a time. */
export function useExport(client: QueryClient): RunningExport {
  const [done, setDone] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef<AbortController>(null);

  async function start({ query, chosen, form, mark }: ExportOrder): Promise<Float64Array | null> {
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    setFailure(null);
    try {
      const target = form === 'names' ? openClipboard(signal) : await openTarget(form);
      if (target === null) return null;
      setDone(0);
      const parts = client.exportRows(query, chosen, form, PART_ROWS);
      const nos = await writeExport({ form, parts, sink: target.sink, mark, signal, progress: setDone });
      await target.taken;
      // What the page does then is no part of the task that ends the file.
      await new Promise((resolve) => setTimeout(resolve));
      return nos;
    } catch (thrown) {
      if (!signal.aborted) setFailure(errorWords(thrown));
      return null;
    } finally {
      setDone(null);
    }
  }

  return { done, failure, start, cancel: () => running.current?.abort() };
}

interface Target {
  readonly sink: ExportSink;
  /** Resolves once whoever asked for it has it. */
  readonly taken: Promise<unknown>;
}

async function openTarget(form: 'csv' | 'json'): Promise<Target | null> {
  const name = `sellers-${new Date().toISOString().slice(0, 10)}.${form}`;
  const kind =
    form === 'csv' ? { description: 'CSV', type: 'text/csv' } : { description: 'JSON', type: 'application/json' };
  const sink = await openFile({ name, ...kind, extension: `.${form}` });
  return sink === null ? null : { sink, taken: Promise.resolve() };
}

/** The clipboard is asked in the click itself and given its text when it is there; browsers refuse it later. */
function openClipboard(signal: AbortSignal): Target {
  const text = Promise.withResolvers<Blob>();
  signal.addEventListener('abort', () => text.reject(signal.reason));
  const taken = navigator.clipboard.write([new ClipboardItem({ 'text/plain': text.promise })]);
  // Told by `taken`, too, when it is awaited; until then it is nobody's.
  taken.catch(() => undefined);
  text.promise.catch(() => undefined);
  const sink = createBlobSink('text/plain', text.resolve);
  return { sink: { ...sink, abort: () => (text.reject(new DOMException('', 'AbortError')), sink.abort()) }, taken };
}
