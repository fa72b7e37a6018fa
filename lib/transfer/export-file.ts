import { type ExportForm, exportFrame } from '#lib/query/export-text.ts';
import type { ExportPart } from '#lib/query/query.ts';

/** Where an export goes, piece by piece. */
export interface ExportSink {
  write(piece: Blob): Promise<void>;
  /** What was written is complete. */
  close(): Promise<void>;
  /** What was written is to be forgotten. */
  abort(): Promise<void>;
}

export interface ExportOptions {
  readonly form: ExportForm;
  readonly parts: AsyncIterable<ExportPart>;
  readonly sink: ExportSink;
  /** A byte order mark, without which Excel takes UTF-8 for something else. */
  readonly mark: boolean;
  readonly signal: AbortSignal;
  /** Hears how many rows are written. */
  readonly progress: (rows: number) => void;
}

/** Writes an export; the handles of its rows. Throws what the sink throws, and `signal.reason` when it was cancelled. */
export async function writeExport(options: ExportOptions): Promise<Float64Array> {
  const { form, parts, sink, mark, signal, progress } = options;
  const [head, tail] = exportFrame(form);
  const nos: Float64Array[] = [];
  let rows = 0;
  try {
    await sink.write(new Blob([`${mark ? '\uFEFF' : ''}${head}`]));
    for await (const part of parts) {
      signal.throwIfAborted();
      await sink.write(part.text);
      nos.push(part.nos);
      progress((rows += part.nos.length));
    }
    signal.throwIfAborted();
    await sink.write(new Blob([tail]));
    await sink.close();
  } catch (thrown) {
    await sink.abort();
    throw thrown;
  }
  return joined(nos, rows);
}

function joined(parts: readonly Float64Array[], length: number): Float64Array {
  const all = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
