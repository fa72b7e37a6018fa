import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { root, say } from './say.mjs';

const applications = (name, program) => `/Applications/${name}.app/Contents/MacOS/${program ?? name}`;
const chromiums = ['chromium', 'chromium-browser', 'chrome', 'google-chrome-for-testing', 'google-chrome'];
const firefoxes = ['firefox', 'firefox-esr'];
// Google's own Chrome no longer loads unpacked extensions from the command line.
const isChromium = (version) => /^Chromium|for Testing/.test(version);
const isFirefox = (version) => Number(/Firefox\/? ?(\d+)/.exec(version)?.[1] ?? 0) >= 128;

/** Path of a Chromium that starts: the named one, an installed one, Playwright's, the system's; or null. */
export function findChromium(env) {
  const playwrights = () => createRequire(import.meta.url)('playwright-core').chromium.executablePath();
  const macs = [applications('Chromium'), applications('Google Chrome for Testing')];
  const find = () => firstThatRuns([env.CHROMIUM_PATH, ...chromiums, playwrights(), ...macs], isChromium, env);
  return (
    find() ??
    installing(
      'Chromium by Playwright',
      () => run(join(root, 'node_modules/.bin/playwright'), ['install', 'chromium'], env),
      find,
    ) ??
    installing(
      'Chromium by the system’s packages',
      () => installSystemPackage(['chromium', 'chromium-browser'], env),
      find,
    )
  );
}

/** Path of a Firefox that starts, found or installed likewise; or null. */
export function findFirefox(env) {
  const cache = join(root, 'node_modules/.cache/firefox');
  let downloaded;
  const find = () =>
    firstThatRuns([env.FIREFOX_PATH, ...firefoxes, downloaded, applications('Firefox', 'firefox')], isFirefox, env);
  const download = () => {
    const done = run(join(root, 'node_modules/.bin/browsers'), ['install', 'firefox@stable', '--path', cache], env);
    downloaded = /^firefox@\S+ (.+)$/m.exec(done.stdout ?? '')?.[1];
  };
  return (
    find() ??
    installing('Firefox', download, find) ??
    installing('Firefox by the system’s packages', () => installSystemPackage(['firefox-esr', 'firefox'], env), find)
  );
}

function firstThatRuns(candidates, isRight, env) {
  for (const candidate of candidates) {
    const path = candidate && onPath(candidate, env);
    // `--version` also fails when a shared library is missing, so what is found here starts.
    if (
      path &&
      isRight(
        run(path, ['--version'], env, 'ignore')
          .stdout?.trim()
          .replace(/^Mozilla /, '') ?? '',
      )
    )
      return path;
  }
  return null;
}

function onPath(name, env) {
  if (name.includes('/') || name.includes('\\')) return existsSync(name) ? name : null;
  const folders = (env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function installing(what, install, find) {
  say(`Installing ${what} …`);
  install();
  return find();
}

function installSystemPackage(names, env) {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (process.platform !== 'linux' || onPath('apt-get', env) === null) return;
  const apt = (...args) => {
    const [program, ...rest] = [...asRoot, 'apt-get', ...args];
    return run(program, rest, { ...env, DEBIAN_FRONTEND: 'noninteractive' }).status === 0;
  };
  apt('update');
  for (const name of names) if (apt('install', '-y', '--no-install-recommends', name)) return;
}

function run(program, args, env, stderr = 'inherit') {
  return spawnSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', stderr], timeout: 600_000 });
}
