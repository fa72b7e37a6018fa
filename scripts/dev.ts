import { spawnSync } from 'node:child_process';

// WXT opens a browser by itself; it must be one that loads unpacked extensions.
const { status } = spawnSync('wxt', process.argv.slice(2), { stdio: 'inherit' });
process.exit(status ?? 1);
