import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';

export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** What it is, for the table. */
  readonly says: string;
  /** Which of all figures is told; the median unless said. */
  readonly share?: 'median' | 'p95';
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
  /** All figures of a metric. Empty: the subject has none. */
  readonly values: (subject: string, metric: string) => readonly number[];
  /** What the table cannot show, a line each. */
  readonly notes: readonly string[];
}

/** Writes `.output/bench/NAME.json` (and one that keeps the size), and the table of BENCHMARKS.md to stdout. */
export async function writeReport(report: Report): Promise<void> {
  const { name, rows, rounds, metrics, subjects, values } = report;
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; ${[...report.versions, `Node ${process.version.slice(1)}`].join('; ')}`;
  const figure = (subject: string, { name: metric, share }: Metric): number =>
    shareOf(values(subject, metric), share === 'p95' ? 0.95 : 0.5);
  const results = subjects.flatMap((subject) =>
    metrics
      .map((metric) => ({
        subject,
        metric: metric.name,
        unit: metric.unit,
        value: Number(shown(figure(subject, metric)).replaceAll(',', '')),
        better: metric.better,
      }))
      .filter(({ value }) => !Number.isNaN(value)),
  );
  await mkdir('.output/bench', { recursive: true });
  const text = `${JSON.stringify({ name, rows, machine, date: new Date().toISOString(), results, notes: report.notes }, null, 2)}\n`;
  for (const file of [name, `${name}-${rows}`]) await writeFile(`.output/bench/${file}.json`, text);

  const lines = metrics.map((metric) => {
    const all = subjects.map((subject) => figure(subject, metric));
    const best = metric.better === 'higher' ? Math.max(...numbers(all)) : Math.min(...numbers(all));
    const cells = all.map((value) => (value === best ? `**${shown(value)}**` : shown(value)));
    return [`\`${metric.name}\`: ${metric.says}, ${metric.unit}${metric.share === 'p95' ? ' (p95)' : ''}`, ...cells];
  });
  const rule = ['---', ...subjects.map(() => '--:')];
  const table = [[`${rows.toLocaleString('en')} rows`, ...subjects], rule, ...lines];
  process.stdout.write(
    [
      `\n${name}, ${rows.toLocaleString('en')} rows, ${rounds} rounds, medians where nothing else is said, ${new Date().toISOString().slice(0, 10)}`,
      `${machine}\n`,
      ...table.map((cells) => `| ${cells.join(' | ')} |`),
      ...(report.notes.length > 0 ? ['', ...report.notes.map((note) => `- ${note}`)] : []),
      '',
    ].join('\n'),
  );
}

/** The value below which that share of all lies; NaN of none. */
export function shareOf(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
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
