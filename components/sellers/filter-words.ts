import { formatNumber } from '#components/ui/format.ts';
import type { Condition } from '#lib/query/query.ts';
import { NEWEST_RUN } from '#lib/query/query.ts';
import { filterColumn } from './filter-columns.ts';
import { filterOf } from './seller-filters.ts';
import { sourceWords } from './source-words.ts';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** Names of runs by id. */
export type RunNames = ReadonlyMap<string, string>;

/** A condition as its chip says it: `Times seen 3 or more`. */
export function conditionWords(condition: Condition, runs: RunNames): string {
  const quick = filterOf(condition);
  if (quick !== undefined) return quick.title;
  const column = filterColumn(condition.column);
  const title = column?.title ?? condition.column;
  if ('is' in condition) {
    if (condition.column === 'has_note') return condition.is ? 'With a note' : 'Without a note';
    return `${title}: ${condition.is ? 'yes' : 'no'}`;
  }
  if ('in' in condition) return `${title}: ${condition.in.map((value) => choiceWords(value, runs)).join(', ')}`;
  if ('match' in condition) {
    const verbs = { contains: 'contains', words: 'contains', prefix: 'starts with', exact: 'is' };
    return `${title} ${verbs[condition.match]} “${condition.text}”`;
  }
  if ('empty' in condition) return `${title} ${condition.empty ? 'not known' : 'known'}`;
  const say = (value: number): string => (column?.kind === 'date' ? day.format(value) : shortNumber(value));
  const { from, to } = condition;
  if (from === undefined) return `${title} ≤ ${say(to ?? 0)}`;
  if (to === undefined) return `${title} ≥ ${say(from)}`;
  return say(from) === say(to) ? `${title} ${say(from)}` : `${title} ${say(from)}–${say(to)}`;
}

/** One of the values that a column can be filtered by, `none` or null being no value. */
export function choiceWords(value: string | null, runs: RunNames): string {
  if (value === null || value === 'none') return 'None';
  if (value === NEWEST_RUN) return 'Last run';
  return (sourceWords as Readonly<Record<string, string>>)[value] ?? runs.get(value) ?? 'A run not known here';
}

function shortNumber(value: number): string {
  return Number.isInteger(value) ? formatNumber(value) : String(value);
}
