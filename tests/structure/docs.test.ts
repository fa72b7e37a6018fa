import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const documents = globSync(['*.md', 'docs/*.md']).map((file) => ({ file, text: readFileSync(file, 'utf8') }));

test('every npm script is described', () => {
  const all = documents.map(({ text }) => text).join('\n');
  const isNamed = (name: string) => new RegExp(`\`(?:npm (?:run )?)?${name}(?![\\w:])`).test(all);
  expect(Object.keys(scripts).filter((name) => !isNamed(name))).toEqual([]);
});

test('links between documents lead to files', () => {
  const broken = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, target]) => target ?? '')
      .filter(
        (target) => globSync(new URL(target, new URL(file, 'file:///x/')).pathname.replace('/x/', '')).length === 0,
      )
      .map((target) => `${file} → ${target}`),
  );
  expect(broken).toEqual([]);
});
