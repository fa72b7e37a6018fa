/** Every IndexedDB database of the program as one release left it: a fixture under `tests/fixtures/store-releases`. */
export interface StoreRelease {
  readonly databases: readonly DatabaseDump[];
}

export interface DatabaseDump {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly StoreDump[];
}

interface StoreDump {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
  /** `key`: of a store without a key path. A typed array is `{ $typed, values: '1 2 3' }`. */
  readonly records: readonly { key: IDBValidKey; value: unknown }[];
}

/**
 * Writes databases as they were, by the browser's own interface alone. Runs in a page too, so it refers
 * to nothing outside itself.
 */
export async function restoreRelease(release: StoreRelease): Promise<void> {
  const revive = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(revive);
    if ('$typed' in value && 'values' in value) {
      const made = (globalThis as unknown as Record<string, Uint8ArrayConstructor>)[String(value.$typed)];
      const values = String(value.values);
      return made?.from(values === '' ? [] : values.split(' ').map(Number));
    }
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revive(part)]));
  };
  for (const { name, version, stores } of release.databases) {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(name, version);
      request.onerror = () => reject(request.error ?? new Error('no reason given'));
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
      request.onupgradeneeded = () => {
        for (const { name: store, keyPath, autoIncrement, indexes, records } of stores) {
          const made = request.result.createObjectStore(store, { keyPath, autoIncrement });
          for (const index of indexes)
            made.createIndex(index.name, index.keyPath, { unique: index.unique, multiEntry: index.multiEntry });
          for (const { key, value } of records)
            if (keyPath === null) made.put(revive(value), key);
            else made.put(revive(value));
        }
      };
    });
  }
}

/** Reads every database of the program, by the browser's own interface alone. */
export async function dumpRelease(): Promise<StoreRelease> {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '').filter((name) => name !== '');
  return { databases: await Promise.all(names.toSorted().map(dumpDatabase)) };
}

async function dumpDatabase(name: string): Promise<DatabaseDump> {
  const database = await done(indexedDB.open(name));
  const stores: StoreDump[] = [];
  for (const storeName of database.objectStoreNames) {
    const store = database.transaction(storeName).objectStore(storeName);
    const indexes = [...store.indexNames].map((indexName) => {
      const { keyPath, unique, multiEntry } = store.index(indexName);
      return { name: indexName, keyPath, unique, multiEntry };
    });
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    const records = keys.map((key, at) => ({ key, value: plain(values[at]) }));
    // Of browsers a keyPath is a string or a list of strings; null when there is none.
    const keyPath = store.keyPath as string | string[] | null;
    stores.push({ name: storeName, keyPath, autoIncrement: store.autoIncrement, indexes, records });
  }
  const { version } = database;
  database.close();
  return { name, version, stores };
}

function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return { $typed: value.constructor.name, values: (value as Uint8Array).join(' ') };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}
