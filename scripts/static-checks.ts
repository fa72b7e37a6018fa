import type { Count } from './count.ts';
import { addCounts } from './count.ts';
import { runProgram } from './run-program.ts';

const checks = [
  { name: 'lint', program: 'oxlint', args: ['--deny-warnings'] },
  { name: 'format', program: 'oxfmt', args: ['--check'] },
  { name: 'types', program: 'tsc', args: ['-p', '.'] },
  { name: 'dead code', program: 'knip', args: [] },
];

/** Lint, format, types and dead code; each counts as one. */
export async function runStaticChecks(): Promise<Count> {
  const counts: Count[] = [];
  for (const check of checks) counts.push(await runCheck(check));
  return addCounts(counts);
}

async function runCheck({ name, program, args }: (typeof checks)[number]): Promise<Count> {
  const started = performance.now();
  try {
    await runProgram(program, args);
  } catch (error) {
    process.stdout.write(`✗ ${name}\n${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: [name], skipped: [] };
  }
  process.stdout.write(`✓ ${name} (${Math.round(performance.now() - started)} ms)\n`);
  return { passed: 1, failed: [], skipped: [] };
}
