import { IDBFactory, IDBIndex, IDBObjectStore } from 'fake-indexeddb';

/** The databases of every simulated browser, on fake-indexeddb, whose workers can die between any two requests. */
export interface KillableDatabases {
  /** After that many further requests to databases whose names contain `key`, its worker is dead. */
  killAfter(key: string, requests: number): void;
  isDead(key: string): boolean;
  /** A fresh worker may open the databases of `key`. What the dead one had open stays dead. */
  revive(key: string): void;
  /** Requests of `work` are the test's own: nobody dies of them. */
  lookOn<T>(work: () => Promise<T>): Promise<T>;
  /** Grows with every request, so that stillness can be told. */
  readonly requests: number;
  restore(): void;
}

const storeMethods = ['get', 'getAll', 'getAllKeys', 'getKey', 'put', 'add', 'delete', 'clear', 'count'];
const cursorMethods = ['openCursor', 'openKeyCursor'];
const indexMethods = ['get', 'getAll', 'getAllKeys', 'getKey', 'count'];

type Method = (this: unknown, ...args: unknown[]) => unknown;
interface Source {
  transaction?: { db: IDBDatabase };
  objectStore?: { transaction: { db: IDBDatabase } };
}

class WorkerDead extends Error {}

/**
 * From its death on every request of the worker throws, so that the transaction under way is rolled back
 * and nothing after it happens: just as when the browser ends it between two awaits.
 */
export function createKillableDatabases(): KillableDatabases {
  const left = new Map<string, number>();
  const dead = new Set<string>();
  const connections = new Map<string, Set<IDBDatabase>>();
  const buried = new WeakSet<IDBDatabase>();
  const undo: (() => void)[] = [];
  let requests = 0;
  let onlookers = 0;

  function die(key: string): void {
    dead.add(key);
    left.delete(key);
    for (const connection of connections.get(key) ?? []) buried.add(connection);
    connections.delete(key);
  }

  function check(source: unknown): void {
    requests++;
    const { transaction, objectStore } = source as Source;
    const db = transaction?.db ?? objectStore?.transaction.db;
    if (db === undefined || onlookers > 0) return;
    if (buried.has(db)) throw new WorkerDead('the worker is dead');
    const key = keyOf(db.name);
    connections.set(key, (connections.get(key) ?? new Set()).add(db));
    const rest = left.get(key);
    if (rest === undefined) return;
    if (rest > 0) {
      left.set(key, rest - 1);
      return;
    }
    die(key);
    throw new WorkerDead('the worker is dead');
  }

  function wrap(prototype: object, names: readonly string[], before: (source: unknown) => void): void {
    for (const name of names) {
      const original = Reflect.get(prototype, name) as Method;
      Reflect.set(prototype, name, function request(this: unknown, ...args: unknown[]): unknown {
        before(this);
        return Reflect.apply(original, this, args);
      });
      undo.push(() => Reflect.set(prototype, name, original));
    }
  }

  wrap(IDBObjectStore.prototype, [...storeMethods, ...cursorMethods], check);
  wrap(IDBIndex.prototype, [...indexMethods, ...cursorMethods], check);
  wrap(IDBFactory.prototype, ['open', 'deleteDatabase', 'databases'], () => requests++);

  return {
    killAfter: (key, count) => (count === 0 ? die(key) : void left.set(key, count)),
    isDead: (key) => dead.has(key),
    revive: (key) => {
      left.delete(key);
      dead.delete(key);
    },
    async lookOn(work) {
      onlookers++;
      try {
        return await work();
      } finally {
        onlookers--;
      }
    },
    get requests() {
      return requests;
    },
    restore: () => {
      for (const put of undo) put();
    },
  };
}

/** Of `sellerdex-own-KEY` and `sellerdex-base-KEY-3`. */
function keyOf(name: string): string {
  return /^sellerdex-(?:own|base)-(.+?)(?:-\d+)?$/.exec(name)?.[1] ?? name;
}
