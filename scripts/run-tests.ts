import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { Count } from './count.ts';

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** Runs projects of vitest.config.ts side by side, their output passed on, and counts their tests. */
export async function runTests(projects: readonly string[], args: readonly string[] = []): Promise<Count> {
  const names = projects.join(', ');
  const outputFile = `.output/tests/${projects.join('-')}.json`;
  rmSync(outputFile, { force: true });
  process.stdout.write(`\n— ${names} —\n`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const child = spawn('vitest', ['run', ...chosen, '--passWithNoTests', ...reporters, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const count = existsSync(outputFile) ? countReport(readFileSync(outputFile, 'utf8')) : noTests;
  // A crash, a leak or an error outside a test fails no test, yet must not pass for green.
  return code === 0 || count.failed.length > 0 ? count : { ...count, failed: [`${names}: vitest ended with ${code}`] };
}

const noTests: Count = { passed: 0, failed: [], skipped: [] };

function countReport(json: string): Count {
  const files = vitestReport.parse(JSON.parse(json)).testResults;
  const tests = files.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, title: `${relative('.', file.name)}: ${test.fullName}` })),
  );
  const titles = (...statuses: string[]) => tests.filter((test) => statuses.includes(test.status)).map((t) => t.title);
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  );
  return {
    passed: titles('passed').length,
    failed: [
      ...tests
        .filter((test) => test.status === 'failed')
        .map((test) => test.title + causeWords(test.failureMessages?.[0] ?? '')),
      ...broken.map((file) => `${relative('.', file.name)}: could not run${causeWords(file.message)}`),
    ],
    skipped: titles('skipped', 'pending', 'todo', 'disabled'),
  };
}

const CAUSE_CHARS = 300;

/** What went wrong and where in the test, on a line of its own, so that the end of a long log tells the cause. */
function causeWords(message: string): string {
  const plain = stripVTControlCharacters(message);
  const at = /[^\s(]+\.test\.tsx?:\d+/.exec(plain)?.[0];
  const words = plain.split('\n', 1)[0]?.slice(0, CAUSE_CHARS) ?? '';
  const cause = [words, at === undefined ? '' : `at ${relative('.', at)}`].filter((part) => part !== '').join(' ');
  return cause === '' ? '' : `\n  ${cause}`;
}
