import { spawn } from 'node:child_process';

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** `show` passes the program's output on to stderr; `quiet` shows it only if the program fails. */
  readonly output?: 'show' | 'quiet';
}

/** Runs a program of the project to its end and answers what it printed; throws if it fails. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(program, args, { env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      printed += text;
      if (options.output === 'show') process.stderr.write(text);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${printed}`);
  return printed;
}
