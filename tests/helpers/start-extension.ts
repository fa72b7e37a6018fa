import { join } from 'node:path';
import type { LaunchedExtension } from '#scripts/launch-extension.ts';
import { launchExtension } from '#scripts/launch-extension.ts';
import { buildTestExtension } from './build-test-extension.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestBrowserOptions {
  /** Profile to start with, for a second start of the same browser; a new one if not given. */
  readonly profileDir?: string;
  readonly args?: readonly string[];
}

/** Chromium with the test build loaded, which marks pages of 127.0.0.1 too. */
export async function startExtension(
  options: TestBrowserOptions = {},
): Promise<LaunchedExtension & { profileDir: string }> {
  const profileDir = options.profileDir ?? join(temporaryFolder('browser'), 'one');
  const extension = await buildTestExtension('chrome');
  return { ...(await launchExtension({ profileDir, extension, args: options.args ?? [] })), profileDir };
}
