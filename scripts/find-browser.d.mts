/** Path of a Chromium that starts, found or installed; or null. */
export function findChromium(env: NodeJS.ProcessEnv): string | null;
/** Path of a Firefox that starts, found or installed; or null. */
export function findFirefox(env: NodeJS.ProcessEnv): string | null;
