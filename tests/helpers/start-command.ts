import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface RunningCommand {
  /** The JSON of its line `ready {…}`. */
  readonly ready: unknown;
  /** Interrupts it as a terminal does; answers its exit code. */
  interrupt(): Promise<number | null>;
}

/** Starts `npm run NAME -- ARGS` and waits for its ready line. */
export async function startCommand(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<RunningCommand> {
  const child = spawn('npm', ['run', name, '--', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const readyLine = new Promise<string>((resolve) =>
    createInterface(child.stdout).on('line', (line) => line.startsWith('ready ') && resolve(line)),
  );
  const line = await Promise.race([
    readyLine,
    exited.then((code) =>
      Promise.reject(new Error(`npm run ${name} ended with ${code} before it was ready.\n${said}`)),
    ),
  ]);
  return {
    ready: JSON.parse(line.slice('ready '.length)),
    interrupt: () => {
      child.kill('SIGINT');
      return exited;
    },
  };
}
