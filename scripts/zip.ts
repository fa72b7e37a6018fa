import { globSync } from 'node:fs';
import { runProgram } from './run-program.ts';

for (const browser of ['chrome', 'firefox']) await runProgram('wxt', ['zip', '-b', browser], { output: 'show' });
process.stdout.write(`${globSync('.output/*.zip').sort().join('\n')}\n`);
