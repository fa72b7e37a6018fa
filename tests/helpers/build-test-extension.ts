import { buildExtension } from '#scripts/build-extension.ts';

/** Match pattern by which the overlay marks the tests' own pages, on any port. */
export const TEST_ORIGINS = 'http://127.0.0.1/*';

/** The build that end-to-end tests load; answers its folder. */
export function buildTestExtension(browser: 'chrome' | 'firefox' = 'chrome'): Promise<string> {
  return buildExtension({ browser, ebayOrigins: TEST_ORIGINS });
}
