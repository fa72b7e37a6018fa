/** How many checks passed, failed and were left out, and which of them to look at. */
export interface Count {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

export function addCounts(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((sum, count) => sum + count.passed, 0),
    failed: counts.flatMap((count) => count.failed),
    skipped: counts.flatMap((count) => count.skipped),
  };
}

/** Prints what failed and what was left out, then the line that ends a run; sets the exit code. */
export function report(count: Count): void {
  const lines = [
    ...count.skipped.map((name) => `SKIPPED ${name}`),
    ...count.failed.map((name) => `FAILED ${name}`),
    `${count.passed} passed, ${count.failed.length} failed`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  process.exitCode = count.failed.length === 0 ? 0 : 1;
}
