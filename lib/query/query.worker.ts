import { readConnection } from '#lib/store/device-database.ts';
import { createReader } from '#lib/store/reader.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { serveEngine } from './serve-engine.ts';

serveEngine({
  port: {
    postMessage: (message: FromWorker) => globalThis.postMessage(message),
    addEventListener: (type, listener: (event: MessageEvent<ToWorker>) => void) =>
      globalThis.addEventListener(type, listener),
  },
  openReader: (storeKey) => Promise.resolve(createReader(storeKey)),
  now: Date.now,
  expected: readConnection().then((connection) => connection?.store_key ?? null),
});
