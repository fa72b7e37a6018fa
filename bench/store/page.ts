import BenchWorker from './bench.worker.ts?worker';
import type { Answer, Task } from './tasks.ts';

type FromWorker = { ready?: true; answer?: Answer; error?: string };

/** Performs one task of one subject in a worker of its own, which ends afterwards: the next one starts cold. */
function performTask(subject: string, task: Task): Promise<Answer> {
  const worker = new BenchWorker();
  return new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`the worker failed: ${event.message}`)));
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.ready) worker.postMessage({ subject, task });
      else if (data.answer !== undefined) resolve(data.answer);
      else reject(new Error(data.error));
    });
  }).finally(() => worker.terminate());
}

declare global {
  var performTask: (subject: string, task: Task) => Promise<Answer>;
}
globalThis.performTask = performTask;
