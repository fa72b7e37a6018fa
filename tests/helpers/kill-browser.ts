import { globSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends every process of the browser with this profile at once, by SIGKILL: as a crash of the computer's session does. */
export async function killBrowser(profileFolder: string): Promise<void> {
  const main = browserProcesses(profileFolder).find(({ command }) => !command.includes('--type='));
  if (main === undefined) throw new Error(`no browser runs with ${profileFolder}`);
  // Playwright starts it as the leader of a process group of its own.
  process.kill(-main.pid, 'SIGKILL');
  for (let left = browserProcesses(profileFolder); left.length > 0; left = browserProcesses(profileFolder)) {
    for (const { pid } of left) tryToKill(pid);
    await sleep(20);
  }
}

function browserProcesses(profileFolder: string): { pid: number; command: string }[] {
  return globSync('/proc/[0-9]*/cmdline').flatMap((file) => {
    const command = readCommand(file);
    return command.includes(`--user-data-dir=${profileFolder}\0`) ? [{ pid: Number(file.split('/')[2]), command }] : [];
  });
}

function readCommand(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Ended meanwhile.
    return '';
  }
}

function tryToKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended meanwhile.
  }
}
