/** Runs in the page: the first workers cannot be loaded. */
export function failWorkers(fail: number): void {
  let made = 0;
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(++made > fail ? url : '/no-such-script.js', options);
    }
  };
}
