export interface Beginning {
  /** Reads the list; once more after it could not be read. */
  start(): Promise<void>;
  /** Fulfilled when the first rows are in memory, or there are none to be read; rejected when they could not be read. */
  done(): Promise<void>;
  /** The first rows are in memory, or nobody wants them any more. */
  succeed(): void;
}

/** The beginning of reading a list, before which no question about its rows can be answered. */
export function createBeginning(load: () => Promise<void>): Beginning {
  let state: 'open' | 'succeeded' | 'failed' = 'open';
  let begun = Promise.withResolvers<void>();

  function succeed(): void {
    if (state === 'open') state = 'succeeded';
    begun.resolve();
  }

  return {
    async start() {
      if (state === 'failed') {
        state = 'open';
        begun = Promise.withResolvers();
      }
      // Nobody may have asked.
      begun.promise.catch(() => undefined);
      try {
        await load();
        succeed();
      } catch (thrown) {
        // Once the first rows are there, questions about them are answered whatever comes later.
        if (state === 'open') state = 'failed';
        begun.reject(thrown as Error);
        throw thrown;
      }
    },
    done: () => begun.promise,
    succeed,
  };
}
