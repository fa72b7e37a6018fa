// Runs a script of the project under its own Node, after installing what is missing. Needs nothing but
// Node 20 and npm: it is the first thing that runs in a fresh clone. All it says goes to stderr, because
// stdout belongs to the script.
//
// Scripts that serve until interrupted begin with `exec` in package.json: npm passes signals to its shell
// alone, and a shell that waits would die of them without the script hearing any.
//
//   node scripts/bootstrap.mjs [--chromium] [--firefox] SCRIPT [arguments…]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { findChromium, findFirefox } from './find-browser.mjs';
import { installPackages } from './install-packages.mjs';
import { root, say } from './say.mjs';

const wanted = { chromium: false, firefox: false };
const rest = process.argv.slice(2);
for (let flag = rest[0]; flag?.startsWith('--'); flag = rest[0]) {
  wanted[flag.slice(2)] = true;
  rest.shift();
}
const [script, ...args] = rest;
if (script === undefined || !existsSync(join(root, script))) {
  say(`There is no script ${script ?? ''} to run.`);
  process.exit(2);
}

const bin = join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
installPackages();
if (wanted.chromium) {
  const path = findChromium(env);
  if (path === null) {
    say('No Chromium was found and none could be installed. Install Chromium, or set CHROMIUM_PATH to one.');
    process.exit(1);
  }
  env.CHROMIUM_PATH = path;
}
if (wanted.firefox) {
  const path = findFirefox(env);
  if (path !== null) env.FIREFOX_PATH = path;
  else if (process.env.CI === 'true') {
    say('No Firefox was found and none could be installed. With CI=true its smoke test must run.');
    process.exit(1);
  }
}

const node = join(bin, 'node');
process.chdir(root);
// Becoming the script, instead of starting it, lets signals and kills meet the script itself.
if (process.execve !== undefined && process.platform !== 'win32') process.execve(node, [node, script, ...args], env);

const child = spawn(node, [script, ...args], { env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
