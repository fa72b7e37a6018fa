import type { ExportSink } from './export-file.ts';

/** Bytes that are handed to the browser at once: it keeps blobs out of the page's memory, on disk when they are many. */
const BLOB_BYTES = 4_000_000;

/** Collects a file as blobs; `finish` gets it when it is complete. */
export function createBlobSink(type: string, finish: (file: Blob) => Promise<void> | void): ExportSink {
  let blobs: Blob[] = [];
  let loose: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;

  function pack(): void {
    blobs.push(new Blob(loose));
    loose = [];
    size = 0;
  }

  return {
    write(bytes) {
      loose.push(bytes);
      size += bytes.length;
      if (size >= BLOB_BYTES) pack();
      return Promise.resolve();
    },
    async close() {
      pack();
      const file = new Blob(blobs, { type });
      blobs = [];
      await finish(file);
    },
    abort() {
      blobs = [];
      loose = [];
      return Promise.resolve();
    },
  };
}
