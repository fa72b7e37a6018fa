import type { ExportSink } from './export-file.ts';

/**
 * Collects a file as blobs, which the browser keeps out of the page's memory, on disk when they are many; `finish`
 * gets it when it is complete.
 */
export function createBlobSink(type: string, finish: (file: Blob) => void): ExportSink {
  let blobs: Blob[] = [];
  return {
    write(piece) {
      blobs.push(piece);
      return Promise.resolve();
    },
    close() {
      finish(new Blob(blobs, { type }));
      blobs = [];
      return Promise.resolve();
    },
    abort() {
      blobs = [];
      return Promise.resolve();
    },
  };
}
