import type { Page } from '@playwright/test';

export interface OwnEntries {
  /** Ids of the mutations that the outbox holds, in order, whatever became of them so far. */
  readonly outbox: { id: string; state: string }[];
  readonly attention: string[];
  /** Single values by key. */
  readonly meta: Readonly<Record<string, unknown>>;
}

/** The outbox as it lies in the browser's database, read past all of the program's own readers. */
export function ownEntries(extensionPage: Pick<Page, 'evaluate'>): Promise<OwnEntries> {
  return extensionPage.evaluate<OwnEntries>(`(${readOwn.toString()})()`);
}

async function readOwn(): Promise<OwnEntries> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database did not answer'));
    });
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('sellerdex-own-') ? [name] : []));
  if (names.length !== 1 || names[0] === undefined) throw new Error(`expected one own database: ${names.join(', ')}`);
  const database = await done(indexedDB.open(names[0]));
  const read = database.transaction(['outbox', 'attention', 'meta']);
  const outbox = await done(read.objectStore('outbox').getAll() as IDBRequest<{ id: string; state: string }[]>);
  const attention = await done(read.objectStore('attention').getAll() as IDBRequest<{ id: string }[]>);
  const meta = await done(read.objectStore('meta').getAll() as IDBRequest<{ key: string; value: unknown }[]>);
  database.close();
  return {
    meta: Object.fromEntries(meta.map(({ key, value }) => [key, value])),
    outbox: outbox.map(({ id, state }) => ({ id, state })),
    attention: attention.map(({ id }) => id),
  };
}
