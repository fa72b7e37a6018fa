import SqliteWorker from './sqlite.worker.ts?worker';
import type { SqliteCalls } from './sqlite.worker.ts';
import type { QuerySubject } from './subject.ts';

/** SQLite on OPFS in the worker that this file system needs, asked by messages. */
export function createSqlite(): QuerySubject {
  const worker = new SqliteWorker();
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<{ call: number; value: never; error?: string }>) => {
    const caller = waiting.get(data.call);
    waiting.delete(data.call);
    if (data.error === undefined) caller?.resolve(data.value);
    else caller?.reject(new Error(data.error));
  });

  function ask<N extends keyof SqliteCalls>(
    name: N,
    ...args: Parameters<SqliteCalls[N]>
  ): Promise<Awaited<ReturnType<SqliteCalls[N]>>> {
    const call = (last += 1);
    const answer = new Promise<never>((resolve, reject) => waiting.set(call, { resolve, reject }));
    worker.postMessage({ call, name, args });
    return answer;
  }

  let opening: Promise<void> = Promise.resolve();
  return {
    async fill(answers) {
      await ask('open');
      for (const { items } of answers) await ask('put', items);
      await ask('index');
    },
    open: () => (opening = ask('open')),
    list: (query, from, to) => opening.then(() => ask('list', query, from, to)),
    pull: ({ items }) => ask('put', items),
    flag: (nos) => ask('flag', nos),
    async close() {
      await ask('close');
      worker.terminate();
    },
  };
}
