import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runProgram } from '#scripts/run-program.ts';
import { type RunningServer, spawnServer } from '#scripts/spawn-server.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import { checkForms } from './pull/check-forms.ts';
import { copyFromFolder, copyFromPostgres, type Copied } from './pull/copy-rows.ts';
import { type Form, forms, getPage, pullAll } from './pull/http-pull.ts';

/*
 * A whole first pull over HTTP from the server as it is started by `npm run server`, in each form that it
 * answers in, beside COPY of the same columns from the same database, turn by turn. Correctness first.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    database: { type: 'string', default: 'both' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const email = 'bench@example.com';
const password = 'bench-password';

type Engine = 'postgres' | 'pglite';
interface Figures {
  seconds: number;
  bytes: number;
  /** Most memory that the server's process ever held, in MB; null where the system does not say. */
  memory: number | null;
}
interface Result {
  subject: string;
  metric: string;
  unit: string;
  value: number;
  better: 'lower';
}

const engines = (['postgres', 'pglite'] as const).filter((engine) => ['both', engine].includes(values.database));
const results: Result[] = [];
for (const engine of engines) results.push(...resultsOf(engine, await measure(engine)));
await report();

async function measure(engine: Engine): Promise<Map<string, Figures[]>> {
  const postgres = engine === 'postgres' ? await startPostgres() : undefined;
  const data = await mkdtemp(join(tmpdir(), 'sellerdex-bench-'));
  try {
    const url = await postgres?.createDatabase();
    const env = {
      ...process.env,
      ...(url === undefined ? {} : { DATABASE_URL: url }),
      SELLERDEX_OWNER_EMAIL: email,
      SELLERDEX_OWNER_PASSWORD: password,
      SELLERDEX_REQUESTS_PER_MINUTE: '0',
    };
    await runProgram(process.execPath, ['server/seed.ts', '--data', data, '--sellers', String(rows)], { env });
    const start = (): Promise<RunningServer> => spawnServer({ data, args: ['--no-worker'], env });
    const copy = (): Promise<Copied> => (url === undefined ? copyFromFolder(data) : copyFromPostgres(url));
    return await takeTurns(start, copy);
  } finally {
    await postgres?.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function takeTurns(
  start: () => Promise<RunningServer>,
  copy: () => Promise<Copied>,
): Promise<Map<string, Figures[]>> {
  const first = await start();
  const token = await signIn(first.url);
  const cursors = await checkForms({ url: first.url, token }, rows);
  await first.stop();
  const subjects = ['copy', ...(Object.keys(forms) as Form[])];
  const figures = new Map<string, Figures[]>(subjects.map((subject) => [subject, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const subject of round % 2 === 1 ? subjects : subjects.toReversed()) {
      figures.get(subject)?.push(subject === 'copy' ? await takeCopy(copy) : await takePull(subject as Form));
    }
  }
  return figures;

  // A fresh process each time, so that its memory is this form's alone; the first page warms it up.
  async function takePull(form: Form): Promise<Figures> {
    const server = await start();
    const client = { url: server.url, token };
    await getPage(client, form, undefined);
    const pulled = await pullAll(client, form, cursors);
    const memory = peakMemory(server.pid);
    await server.stop();
    return { ...pulled, memory };
  }
}

async function takeCopy(copy: () => Promise<Copied>): Promise<Figures> {
  const { seconds, bytes, lines } = await copy();
  if (lines !== rows) throw new Error(`COPY gave ${lines} rows instead of ${rows}`);
  return { seconds, bytes, memory: null };
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const token = response.headers.get('set-auth-token');
  if (token === null) throw new Error(`sign-in answered ${response.status}`);
  return token;
}

function peakMemory(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

/** COPY stands beside every form, under the form's metric. */
function resultsOf(engine: Engine, figures: ReadonlyMap<string, readonly Figures[]>): Result[] {
  const copied = figures.get('copy') ?? [];
  return (Object.keys(forms) as Form[]).flatMap((form) => {
    const pulled = figures.get(form) ?? [];
    const memory = pulled.flatMap((each) => each.memory ?? []);
    const result = (subject: string, what: string, unit: string, all: readonly number[]): Result => {
      return { subject, metric: `${engine} ${form} ${what}`, unit, value: round3(median(all)), better: 'lower' };
    };
    return [
      ...(
        [
          ['sellerdex', pulled],
          ['copy', copied],
        ] as const
      ).flatMap(([subject, all]) => [
        result(
          subject,
          'seconds',
          's',
          all.map(({ seconds }) => seconds),
        ),
        result(
          subject,
          'bytes',
          'MB',
          all.map(({ bytes }) => bytes / 1e6),
        ),
      ]),
      ...(memory.length === 0 ? [] : [result('sellerdex', 'memory', 'MB', memory)]),
    ];
  });
}

async function report(): Promise<void> {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}`;
  await mkdir('.output/bench', { recursive: true });
  const text = `${JSON.stringify({ name: 'pull', rows, machine, date: new Date().toISOString(), results }, null, 2)}\n`;
  for (const file of ['pull', `pull-${rows}`]) await writeFile(`.output/bench/${file}.json`, text);
  process.stdout.write(`\npull, ${rows} rows, median of ${rounds} rounds\n${machine}\n`);
  const of = (subject: string, metric: string): number =>
    results.find((result) => result.subject === subject && result.metric === metric)?.value ?? Number.NaN;
  for (const engine of engines) {
    const copySeconds = of('copy', `${engine} rows seconds`);
    const lines = (Object.keys(forms) as Form[]).map((form) => {
      const seconds = of('sellerdex', `${engine} ${form} seconds`);
      const bytes = of('sellerdex', `${engine} ${form} bytes`);
      const memory = of('sellerdex', `${engine} ${form} memory`);
      return [form, `${seconds.toFixed(2)} s`, (seconds / copySeconds).toFixed(2), megabytes(bytes), megabytes(memory)];
    });
    const copy = ['`copy`', `${copySeconds.toFixed(2)} s`, '1', megabytes(of('copy', `${engine} rows bytes`)), ''];
    const table = [
      [`${engine}, ${rows.toLocaleString('en')} rows`, 'time', '× COPY', 'size', 'memory'],
      ['---', '--:', '--:', '--:', '--:'],
      copy,
      ...lines,
    ];
    process.stdout.write(`\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
  }
}

function megabytes(value: number): string {
  return Number.isNaN(value) ? '–' : `${value.toFixed(1)} MB`;
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}
