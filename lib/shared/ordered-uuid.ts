/**
 * A random UUID that sorts by when it was made (version 7), so that rows made together lie together
 * in an index. `now` in epoch milliseconds.
 */
export function orderedUuid(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
