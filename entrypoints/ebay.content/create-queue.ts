export interface Queue {
  /** Runs the work after everything added before; settles as it does. */
  add<T>(work: () => Promise<T>): Promise<T>;
}

/** One piece of work at a time, in order: a flag must not overtake the unflag before it. */
export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    add(work) {
      const result = tail.then(work);
      // The next piece runs whatever becomes of this one; its own caller hears of a failure.
      tail = result.then(
        () => undefined,
        () => undefined,
      );
      return result;
    },
  };
}
