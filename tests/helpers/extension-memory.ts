import { readdirSync, readFileSync } from 'node:fs';

/**
 * Private memory of the renderer processes that run the extension's pages and worker, in MB, array
 * buffers included; null where there is no /proc. Source: `Private_*` lines of smaps_rollup(5).
 */
export function extensionMemoryMb(profileDir: string): number | null {
  return rendererMemoryMb(profileDir, '--extension-process');
}

/** Words of Firefox’s processes that run pages. */
export const FIREFOX_CONTENT = ' tab ';

/** The same of all processes of the browser whose command line has `mark`: every renderer, or some. */
export function rendererMemoryMb(profileDir: string, mark = '--type=renderer'): number | null {
  const processes = listProcesses();
  if (processes === null) return null;
  const browser = processes.find(
    ({ command }) =>
      (command.includes(`--user-data-dir=${profileDir}`) && !command.includes('--type=')) ||
      command.includes(`--profile ${profileDir}`),
  );
  if (browser === undefined) throw new Error(`no browser runs on ${profileDir}`);
  const isOfBrowser = (pid: number): boolean => {
    const parent = processes.find((each) => each.pid === pid)?.parent;
    return parent !== undefined && (parent === browser.pid || isOfBrowser(parent));
  };
  return processes
    .filter(({ pid, command }) => command.includes(mark) && isOfBrowser(pid))
    .reduce((sum, { pid }) => sum + privateMb(pid), 0);
}

function listProcesses(): { pid: number; parent: number; command: string }[] | null {
  if (process.platform !== 'linux') return null;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), command }];
      } catch {
        // It ended between listing and reading.
        return [];
      }
    });
}

function privateMb(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return [...text.matchAll(/^Private_\w+:\s*(\d+) kB/gm)].reduce((sum, match) => sum + Number(match[1]), 0) / 1024;
}
