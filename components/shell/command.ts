import { createClient } from '#lib/messaging/client.ts';

/** Asks the background to do something; repeated until it has answered. */
export const command = createClient();

const APART_MS = 250;
let running = false;
let again = false;

/**
 * Has the background pull soon. A hint: asked for often, it runs one at a time and once more after the
 * last; when it fails, the status line says so and the next alarm makes it right.
 */
export function syncSoon(): void {
  again = true;
  if (!running) void run();
}

async function run(): Promise<void> {
  running = true;
  while (again) {
    again = false;
    await Promise.allSettled([
      command('sync.now', { news: true }),
      new Promise((resolve) => setTimeout(resolve, APART_MS)),
    ]);
  }
  running = false;
}
