import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';

const names = globSync('bench/*.ts')
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => basename(file, '.ts'))
  .sort();
const [first, ...rest] = process.argv.slice(2);
const named = first !== undefined && !first.startsWith('--');
const chosen = named ? [first] : names;
const options = named ? rest : process.argv.slice(2);

if (named && !names.includes(first)) {
  process.stderr.write(`There is no bench ${first}. There are: ${names.join(', ')}.\n`);
  process.exit(2);
}
let failed = 0;
for (const name of chosen) {
  const { status } = spawnSync(process.execPath, [`bench/${name}.ts`, ...options], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
