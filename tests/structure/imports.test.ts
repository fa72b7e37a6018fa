import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importsOf, listSourceFiles, readSource } from './source-files.ts';

const files = listSourceFiles().filter((file) => /\.(?:ts|tsx|mjs)$/.test(file));
const isTest = (file: string) => file.startsWith('tests/') || file.includes('.test.') || file.startsWith('bench/');
const areaOf = (file: string) => (file.startsWith('lib/') ? file.split('/').slice(0, 2).join('/') : file.split('/')[0]);

test('no relative import leaves its area, so the linter sees every crossing', () => {
  const wrong = files.flatMap((file) =>
    [...readSource(file).matchAll(/from\s+'(\.[^']+)'/g)]
      .map(([, specifier]) => importsOf(file, `import x from '${specifier}';`)[0]?.target ?? '')
      .filter((target) => areaOf(target) !== areaOf(file))
      .map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('browser APIs are used in entrypoints, lib/messaging and lib/platform alone', () => {
  const wrong = files.filter((file) => {
    if (isTest(file) || /^(?:entrypoints|lib\/messaging|lib\/platform|scripts)\//.test(file)) return false;
    const takesBrowser = importsOf(file).some(
      ({ target, typeOnly }) => !typeOnly && /^(?:wxt\/browser|webextension-polyfill)$/.test(target),
    );
    return (
      takesBrowser ||
      /(?<![\w.'"`/-])(?:chrome|browser)\.(?:runtime|storage|tabs|alarms|action)\b/.test(readSource(file))
    );
  });
  expect(wrong).toEqual([]);
});

/** Files that are loaded when `file` runs. */
function reachableFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const { target, typeOnly } of importsOf(file))
    if (!typeOnly && /\.tsx?$/.test(target)) reachableFrom(target, seen);
  return seen;
}
const reachable = (start: RegExp) => {
  const seen = new Set<string>();
  for (const file of files.filter((f) => start.test(f) && !isTest(f))) reachableFrom(file, seen);
  return [...seen].sort();
};

test('only the background reaches code that writes the store', () => {
  const pages = reachable(/^entrypoints\/(?:popup|options)\/.*\.tsx?$|^lib\/query\/.*\.worker\.ts$/);
  const writers = pages.filter(
    (file) =>
      file.startsWith('lib/store/') && /transaction\(\s*['"]rw|\.bulk(?:Put|Add|Delete)\(/.test(readSource(file)),
  );
  expect(writers).toEqual([]);
});

test('the overlay reaches no store, no React and no schemas', () => {
  const overlay = reachable(/^entrypoints\/ebay\.content\//);
  expect(
    overlay.filter((file) => /^(?:lib\/(?:store|sync|query|tables|protocol|api)|components)\//.test(file)),
  ).toEqual([]);
  const packages = overlay.flatMap((file) =>
    importsOf(file)
      .filter(({ typeOnly }) => !typeOnly)
      .map(({ target }) => target),
  );
  expect(packages.filter((name) => /^(?:zod|react|react-dom|dexie)(?:\/|$)/.test(name))).toEqual([]);
});

test('nothing but tests and commands imports the server', () => {
  const wrong = files.filter(
    (file) =>
      !isTest(file) &&
      !/^(?:server|scripts)\//.test(file) &&
      importsOf(file).some(({ target }) => target.startsWith('server/')),
  );
  expect(wrong).toEqual([]);
});
