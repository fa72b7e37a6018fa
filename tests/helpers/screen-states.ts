/** Runs in the page: names of the rows in view, and how far below the header each is. */
export function rowsInView(grid: Element): [string, number][] {
  const { top } = grid.getBoundingClientRect();
  return [...grid.querySelectorAll('[data-index]')].flatMap((one): [string, number][] => {
    const at = Math.round(one.getBoundingClientRect().top - top);
    return at > 0 && at < grid.clientHeight ? [[one.querySelector('a')?.textContent ?? '', at]] : [];
  });
}

/** Runs in the page: whatever draws a number throws. */
export function breakNumbers(error: string): void {
  const get = () => {
    throw new Error(error);
  };
  Object.defineProperty(Intl.NumberFormat.prototype, 'format', { get });
}

/** Runs in the page: what the background has noted of its own data. */
export async function noteInStore(notes: Record<string, unknown>): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database did not answer'));
    });
  const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('sellerdex-own-'))?.name ?? '';
  const database = await done(indexedDB.open(name));
  const meta = database.transaction('meta', 'readwrite').objectStore('meta');
  for (const [key, value] of Object.entries(notes)) {
    const before = (await done(meta.get(key) as IDBRequest<{ value: unknown } | undefined>))?.value;
    const isPart = typeof before === 'object' && typeof value === 'object';
    await done(meta.put({ key, value: isPart ? { ...before, ...value } : value }));
  }
  database.close();
}

/** Runs in the page: as if somebody had dealt with all that was refused. */
export async function forgetRefused(): Promise<void> {
  const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('sellerdex-own-'))?.name ?? '';
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = reject;
    opening.onsuccess = () => {
      const clearing = opening.result.transaction('attention', 'readwrite');
      clearing.objectStore('attention').clear();
      clearing.oncomplete = resolve;
      clearing.onerror = reject;
    };
  });
}

/** Runs in the query worker: from now on the browser’s database fails. */
export function breakStore(): void {
  const fail = () => {
    throw new DOMException('Internal error', 'UnknownError');
  };
  for (const name of ['get', 'getAll', 'openCursor', 'count'] as const) IDBObjectStore.prototype[name] = fail;
}

/** Runs in the page: a colleague’s change of another seller, which no server of today refuses that way. */
export async function conflictToo(): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database did not answer'));
    });
  const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('sellerdex-own-'))?.name ?? '';
  const database = await done(indexedDB.open(name));
  const attention = database.transaction('attention', 'readwrite').objectStore('attention');
  const [entry] = await done(attention.getAll() as IDBRequest<{ targets: { no: number }[]; error: object }[]>);
  const targets = (entry?.targets ?? []).map((one) => ({ ...one, no: one.no - 1 }));
  await done(
    attention.put({ ...entry, id: crypto.randomUUID(), targets, error: { ...entry?.error, code: 'conflict' } }),
  );
  database.close();
}
