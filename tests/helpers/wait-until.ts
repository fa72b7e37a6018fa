import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is not null or false; throws after `within` milliseconds. */
export async function waitUntil<T>(
  what: string,
  ask: () => T | null | false | Promise<T | null | false>,
  within = 10_000,
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${within} ms: ${what}`);
    await sleep(50);
  }
}
