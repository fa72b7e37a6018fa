import { expect, it } from 'vitest';
import type { ExportPart } from '#lib/query/query.ts';
import { createBlobSink } from './blob-sink.ts';
import { writeExport } from './export-file.ts';

const part = (text: string, ...nos: number[]): ExportPart => ({
  text: new Blob([text]),
  nos: Float64Array.from(nos),
});

/** Three pieces; says whether it was taken to its end or given up. */
function source(onTaken: (at: number) => void = () => undefined) {
  let isOver = false;
  async function* parts() {
    try {
      for (let at = 1; at <= 3; at++) {
        yield part(`row ${at}\r\n`, at);
        onTaken(at);
      }
    } finally {
      isOver = true;
      await Promise.resolve();
    }
  }
  return { parts: parts(), isOver: () => isOver };
}

const options = { form: 'csv', mark: true, signal: new AbortController().signal, progress: () => undefined } as const;

it('writes mark, head and pieces in order, tells how far it is, and names its rows', async () => {
  const file = Promise.withResolvers<Blob>();
  const told: number[] = [];
  const sink = createBlobSink('text/csv', file.resolve);
  const nos = await writeExport({ ...options, parts: source().parts, sink, progress: (rows) => told.push(rows) });
  const bytes = new Uint8Array(await (await file.promise).arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, ...rows] = new TextDecoder().decode(bytes).split('\r\n');
  expect(head).toMatch(/^display_name,flagged,/);
  expect(rows).toEqual(['row 1', 'row 2', 'row 3', '']);
  expect([told, [...nos]]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

it('when it is cancelled there is no file, and nothing more is asked for', async () => {
  const controller = new AbortController();
  const { parts, isOver } = source((at) => at === 1 && controller.abort(new Error('cancelled')));
  let finished = false;
  const sink = createBlobSink('text/csv', () => {
    finished = true;
  });
  await expect(writeExport({ ...options, parts, sink, signal: controller.signal })).rejects.toThrow('cancelled');
  expect([finished, isOver()]).toEqual([false, true]);
});

it('a sink that fails is told to forget what it has', async () => {
  const done: string[] = [];
  const sink = {
    write: () =>
      done.length === 2 ? Promise.reject(new Error('disk full')) : Promise.resolve(void done.push('write')),
    close: () => Promise.resolve(void done.push('close')),
    abort: () => Promise.resolve(void done.push('abort')),
  };
  const { parts, isOver } = source();
  await expect(writeExport({ ...options, parts, sink })).rejects.toThrow('disk full');
  expect([done, isOver()]).toEqual([['write', 'write', 'abort'], true]);
});
