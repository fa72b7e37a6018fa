import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';

export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** What it is, for the table. */
  readonly says: string;
}

export interface Report {
  /** Name of the bench. */
  readonly name: string;
  readonly rows: number;
  readonly rounds: number;
  /** Versions of what took part. */
  readonly versions: readonly string[];
  readonly metrics: readonly Metric[];
  readonly subjects: readonly string[];
  /** All figures of a metric; their median is reported. Empty: the subject has none. */
  readonly values: (subject: string, metric: string) => readonly number[];
  /** What the table cannot show, a line each. */
  readonly notes: readonly string[];
}

/** Writes `.output/bench/NAME.json` (and one that keeps the size), and the table of BENCHMARKS.md to stdout. */
export async function writeReport(report: Report): Promise<void> {
  const { name, rows, rounds, metrics, subjects, values } = report;
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; ${[...report.versions, `Node ${process.version.slice(1)}`].join('; ')}`;
  const median = (subject: string, metric: string): number => medianOf(values(subject, metric));
  const results = subjects.flatMap((subject) =>
    metrics
      .map((metric) => ({
        subject,
        metric: metric.name,
        unit: metric.unit,
        value: Number(shown(median(subject, metric.name)).replaceAll(',', '')),
        better: metric.better,
      }))
      .filter(({ value }) => !Number.isNaN(value)),
  );
  await mkdir('.output/bench', { recursive: true });
  const text = `${JSON.stringify({ name, rows, machine, date: new Date().toISOString(), results, notes: report.notes }, null, 2)}\n`;
  for (const file of [name, `${name}-${rows}`]) await writeFile(`.output/bench/${file}.json`, text);

  const lines = metrics.map((metric) => {
    const all = subjects.map((subject) => median(subject, metric.name));
    const best = metric.better === 'higher' ? Math.max(...numbers(all)) : Math.min(...numbers(all));
    const cells = all.map((value) => (value === best ? `**${shown(value)}**` : shown(value)));
    return [`\`${metric.name}\`: ${metric.says}, ${metric.unit}`, ...cells];
  });
  const rule = ['---', ...subjects.map(() => '--:')];
  const table = [[`${rows.toLocaleString('en')} rows`, ...subjects], rule, ...lines];
  process.stdout.write(
    [
      `\n${name}, ${rows.toLocaleString('en')} rows, median of ${rounds} rounds, ${new Date().toISOString().slice(0, 10)}`,
      `${machine}\n`,
      ...table.map((cells) => `| ${cells.join(' | ')} |`),
      ...(report.notes.length > 0 ? ['', ...report.notes.map((note) => `- ${note}`)] : []),
      '',
    ].join('\n'),
  );
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function numbers(values: readonly number[]): number[] {
  return values.filter((value) => !Number.isNaN(value));
}

/** Three digits that count. */
function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
