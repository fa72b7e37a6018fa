import { expect, test } from 'vitest';
import { listSourceFiles, readSource } from './source-files.ts';

const self = 'tests/structure/house-rules.test.ts';
const sources = listSourceFiles()
  .filter((file) => file !== self)
  .map((file) => ({ file, source: readSource(file) }));

interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly in?: RegExp;
}

const rules: Rule[] = [
  { name: 'work left for later is in no comment', pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/ },
  {
    name: 'no check is switched off',
    pattern: /@ts-(?:ignore|nocheck|expect-error)|\/[/*]\s*(?:oxlint|eslint)-disable/,
  },
  { name: 'no error is swallowed', pattern: /catch\s*(?:\([^)]*\))?\s*\{\s*\}|\.catch\(\(\w*\)\s*=>\s*\{\s*\}\)/ },
  { name: 'no path of one computer', pattern: /(?<![\w.#*])\/(?:home|root|work|Users)\// },
  { name: 'no address of a package registry', pattern: /registry\.\w+\.\w+/ },
  { name: 'tests wait for events, not for time', pattern: /waitForTimeout/, in: /^tests\// },
  {
    name: 'tests use the real parts',
    pattern: /\bvi\.mock\(/,
    // It plants mistakes, to show that they are found.
    in: /^(?!tests\/faults\/simulator\/bugs\.test\.ts$)/,
  },
  {
    name: 'icons come from components/ui/icons.ts',
    pattern: /from 'lucide-react'/,
    in: /^(?:entrypoints|components\/(?!ui\/icons\.ts$))/,
  },
  {
    name: 'no class of Node, no enum, no namespace in what runs unbuilt',
    pattern: /^\s*(?:export\s+)?(?:const\s+)?(?:enum|namespace)\s+\w/m,
  },
];

test.each(rules)('$name', ({ pattern, in: where }) => {
  const found = sources.filter(({ file, source }) => (where?.test(file) ?? true) && pattern.test(source));
  expect(found.map(({ file, source }) => `${file}: ${pattern.exec(source)?.[0].trim()}`)).toEqual([]);
});
