import { IDBObjectStore } from 'fake-indexeddb';

const requests = [
  'get',
  'getAll',
  'getKey',
  'put',
  'add',
  'delete',
  'clear',
  'count',
  'openCursor',
  'openKeyCursor',
] as const;

/**
 * For tests: ends a "worker" at its nth database request. From then on every request throws, so the
 * transaction under way is rolled back and nothing after it happens, until `revive`.
 */
export function createKillSwitch(): { killAfter(requests: number): void; revive(): void } {
  let left = Infinity;
  for (const name of requests) {
    const original: unknown = Reflect.get(IDBObjectStore.prototype, name);
    if (typeof original !== 'function') throw new TypeError(`no ${name}`);
    Reflect.set(IDBObjectStore.prototype, name, function request(this: unknown, ...args: unknown[]): unknown {
      if (left-- <= 0) throw new Error('the worker was killed');
      return Reflect.apply(original, this, args) as unknown;
    });
  }
  return {
    killAfter: (count) => {
      left = count;
    },
    revive: () => {
      left = Infinity;
    },
  };
}
