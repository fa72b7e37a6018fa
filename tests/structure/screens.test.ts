import { expect, test } from 'vitest';
import { screens } from '#tests/helpers/screens.ts';
import { listSourceFiles, readSource } from './source-files.ts';

const taken = listSourceFiles()
  .filter((file) => file.startsWith('tests/e2e/') && file.endsWith('.test.ts'))
  .map(readSource)
  .join('\n');

test('every screen and state is checked and photographed by an end-to-end test', () => {
  expect(screens.filter((name) => !taken.includes(`'${name}'`))).toEqual([]);
  expect(new Set(screens).size).toBe(screens.length);
});
