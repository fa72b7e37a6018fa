import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { report } from './count.ts';
import { runTests } from './run-tests.ts';

const { name, seeds } = readArguments(process.argv.slice(2));
const names = globSync('tests/soak/*.test.ts').map((file) => basename(file, '.test.ts'));
if (name !== null && !names.includes(name)) {
  process.stderr.write(`There is no soak ${name}. There are: ${names.sort().join(', ') || 'none yet'}.\n`);
  process.exit(2);
}
// The tests read how many seeds to run from here.
process.env['SELLERDEX_SEEDS'] = String(seeds);
report(await runTests('soak', name === null ? [] : [`tests/soak/${name}.test.ts`]));

function readArguments(args: readonly string[]): { name: string | null; seeds: number } {
  const at = args.indexOf('--seeds');
  const seeds = at === -1 ? 100 : Number(args[at + 1]);
  if (!Number.isInteger(seeds) || seeds < 1) throw new Error('--seeds takes a whole number from 1.');
  return { name: args.find((arg, index) => !arg.startsWith('--') && index !== at + 1) ?? null, seeds };
}
