import type { Subject } from './subject.ts';
import type { Answer, Task } from './tasks.ts';
import { perform } from './tasks.ts';

const loaders: Readonly<Record<string, () => Promise<() => Subject>>> = {
  sellerdex: async () => (await import('./sellerdex.ts')).createSellerdex,
  'dexie-rows': async () => (await import('./dexie-rows.ts')).createDexieRows,
  'paged-rows': async () => (await import('./paged-rows.ts')).createPagedRows,
  rxdb: async () => (await import('./rxdb-dexie.ts')).createRxdb,
  'sqlite-opfs': async () => (await import('./sqlite-opfs.ts')).createSqlite,
};

async function answerTo({ subject, task }: { subject: string; task: Task }): Promise<Answer> {
  const load = loaders[subject];
  if (load === undefined) throw new Error(`no subject ${subject}`);
  const create = await load();
  return perform(create(), task);
}

globalThis.addEventListener('message', (event: MessageEvent<{ subject: string; task: Task }>) => {
  answerTo(event.data).then(
    (answer) => globalThis.postMessage({ answer }),
    (error: unknown) => globalThis.postMessage({ error: String(error instanceof Error ? error.stack : error) }),
  );
});
globalThis.postMessage({ ready: true });
