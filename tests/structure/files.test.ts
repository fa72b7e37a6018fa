import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { listSourceFiles, readSource } from './source-files.ts';

const files = listSourceFiles();
const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');

const topLevel = `
  .ci .gitignore .npmrc .oxfmtrc.json ARCHITECTURE.md BENCHMARKS.md CHANGELOG.md CONTRIBUTING.md LICENSE README.md
  RELIABILITY.md bench components docs entrypoints knip.json lib oxlint.config.ts package-lock.json package.json
  public scripts server tests tsconfig.json vitest.config.ts wxt.config.ts`;
const allowed = topLevel.trim().split(/\s+/);

test('the top level holds what the layout names, and nothing beside it', () => {
  const found = [...new Set(tracked.map((file) => file.split('/')[0] ?? ''))];
  expect(found.filter((name) => !allowed.includes(name))).toEqual([]);
});

test('names of files are in kebab case', () => {
  const stem = /^(?:\d{4}_[a-z0-9_]+|[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?:test|worker|config|d))?\.[a-z]+$/;
  expect(files.map((file) => basename(file)).filter((name) => !stem.test(name))).toEqual([]);
});

test('names say what a file is for', () => {
  const vague = /(?:^|-)(?:utils?|helpers?|manager|service|misc|common)\.\w+$/;
  expect(files.filter((file) => vague.test(basename(file)))).toEqual([]);
});

const lines = (file: string) => readSource(file).split('\n').length;
const isTest = (file: string) => file.includes('.test.');

test('files stay short', () => {
  const tooLong = files.filter((file) => lines(file) > (isTest(file) ? 500 : 350));
  expect(tooLong.map((file) => `${file}: ${lines(file)} lines`)).toEqual([]);
  const long = files.filter((file) => !isTest(file) && lines(file) > 200);
  expect(long.length / files.length, `over 200 lines: ${long.join(', ')}`).toBeLessThan(0.05);
});
