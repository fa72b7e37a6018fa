import { buildTestExtension } from './build-test-extension.ts';

/** Builds before the first test, so that no test's time limit pays for it. */
export async function setup(): Promise<void> {
  await buildTestExtension('chrome');
}
