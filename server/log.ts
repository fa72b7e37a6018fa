export type Log = (level: 'info' | 'warning' | 'error', text: string, facts?: Record<string, unknown>) => void;

/** One JSON line per entry on stderr; stdout belongs to the `ready` line. Never pass secrets as facts. */
export const logToStderr: Log = (level, text, facts = {}) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, text, ...facts })}\n`);
};

/** An error as facts for the log: its stack and those of its causes. */
export function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  return { error: error.stack, ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }) };
}
