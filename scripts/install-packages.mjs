import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { root, say } from './say.mjs';

/** Installs the packages of the lockfile when one is missing or of another version; ends the process on failure. */
export function installPackages() {
  const reason = whyStale();
  if (reason === null) return;
  say(`Installing packages (${reason}) …`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lockfile in which packages for other systems are missing, as npm leaves them
  // out where a registry does not offer them. `--no-save` installs the locked versions and leaves the lockfile.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm's own output would land on stdout, which belongs to the script that runs next.
  const done = spawnSync(npm, args, {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: process.platform === 'win32',
  });
  const left = done.status === 0 ? whyStale() : `npm install ended with ${done.status ?? done.signal}`;
  if (left === null) return;
  say(`The packages could not be installed: ${left}.`);
  process.exit(1);
}

function whyStale() {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'none installed';
  const wanted = readPackages(join(root, 'package-lock.json')) ?? {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.devOptional || entry.peer) continue;
    if (installed[path]?.version !== entry.version) return `${path.replace(/^.*node_modules\//, '')} changed`;
  }
  // The `node` package downloads its program in an install script, which may have been skipped.
  return existsSync(join(root, 'node_modules', '.bin', 'node')) ? null : 'Node 24 missing';
}

function readPackages(file) {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
