import type { Condition } from '#lib/query/query.ts';
import { dayOf, endOfDay, startOfDay } from './days.ts';
import { type FilterColumn, filterColumn, filterColumns } from './filter-columns.ts';

export type Operator =
  | 'contains'
  | 'prefix'
  | 'exact'
  | 'yes'
  | 'no'
  | 'any_of'
  | 'least'
  | 'most'
  | 'between'
  | 'equals'
  | 'empty'
  | 'not_empty';

/** A condition while it is typed. */
export interface FilterDraft {
  readonly column: string;
  readonly operator: Operator;
  readonly first: string;
  readonly second: string;
  readonly choices: readonly string[];
}

const texts: readonly [Operator, string][] = [
  ['contains', 'contains'],
  ['prefix', 'starts with'],
  ['exact', 'is'],
];
const numbers: readonly [Operator, string][] = [
  ['least', 'is at least'],
  ['most', 'is at most'],
  ['between', 'is between'],
  ['equals', 'is'],
];
const dates: readonly [Operator, string][] = [
  ['least', 'is on or after'],
  ['most', 'is on or before'],
  ['between', 'is between'],
  ['equals', 'is on'],
];
const emptiness: readonly [Operator, string][] = [
  ['empty', 'is not known'],
  ['not_empty', 'is known'],
];

/** What can be asked of a column, and how it is said. */
export function operatorsOf(target: FilterColumn): readonly (readonly [Operator, string])[] {
  if (target.kind === 'text') return target.canBeEmpty ? [...texts, ...emptiness] : texts;
  if (target.kind === 'yes_no') {
    return target.column === 'has_note'
      ? [
          ['yes', 'is there'],
          ['no', 'is empty'],
        ]
      : [
          ['yes', 'yes'],
          ['no', 'no'],
        ];
  }
  if (target.kind === 'choice' || target.kind === 'run') return [['any_of', 'is any of']];
  return [...(target.kind === 'date' ? dates : numbers), ...(target.canBeEmpty ? emptiness : [])];
}

/** An empty draft of a column, with its first operator. */
export function blankDraft(column: string): FilterDraft {
  const target = filterColumn(column) ?? filterColumns[0];
  const operator = target === undefined ? 'contains' : (operatorsOf(target)[0]?.[0] ?? 'contains');
  return { column: target?.column ?? '', operator, first: '', second: '', choices: [] };
}

/** How many values are typed for it. */
export function valuesOf(operator: Operator): 0 | 1 | 2 {
  if (operator === 'between') return 2;
  return ['yes', 'no', 'any_of', 'empty', 'not_empty'].includes(operator) ? 0 : 1;
}

/** The condition that is typed, or what is missing or wrong, in words. */
export function conditionOfDraft(draft: FilterDraft): Condition | string {
  const target = filterColumn(draft.column);
  if (target === undefined) return 'Choose a column.';
  if (target.kind === 'yes_no') return { column: target.column, is: draft.operator === 'yes' };
  if (target.kind === 'text') {
    const { operator, first } = draft;
    if (target.column === 'platform_id' && (operator === 'empty' || operator === 'not_empty'))
      return { column: target.column, empty: operator === 'empty' };
    if (first.trim() === '') return 'Enter a text.';
    const match = operator === 'prefix' || operator === 'exact' ? operator : 'contains';
    return { column: target.column, match, text: first.trim() };
  }
  if (target.kind === 'choice' || target.kind === 'run') {
    if (draft.choices.length === 0) return 'Choose at least one.';
    return { column: target.column, in: draft.choices.map((one) => (one === 'none' ? null : one)) };
  }
  return rangeOfDraft(target, draft);
}

function rangeOfDraft(target: Extract<FilterColumn, { kind: 'number' | 'date' }>, draft: FilterDraft) {
  const { operator, first, second } = draft;
  const { column } = target;
  if (operator === 'empty' || operator === 'not_empty') return { column, empty: operator === 'empty' };
  const isDate = target.kind === 'date';
  const last = operator === 'between' ? second : first;
  const from = isDate ? startOfDay(first) : typedNumber(first);
  const to = isDate ? endOfDay(last) : typedNumber(last);
  if (from === null || to === null) return isDate ? 'Enter a date.' : 'Enter a number.';
  if (operator === 'least') return { column, from };
  if (operator === 'most') return { column, to };
  return from > to ? 'The second value is below the first.' : { column, from, to };
}

/** What is typed for a condition that is there, to change it. */
export function draftOfCondition(condition: Condition): FilterDraft {
  const blank = blankDraft(condition.column);
  if ('is' in condition) return { ...blank, operator: condition.is ? 'yes' : 'no' };
  if ('in' in condition) return { ...blank, choices: condition.in.map((value) => value ?? 'none') };
  if ('match' in condition) {
    const operator = condition.match === 'words' ? 'contains' : condition.match;
    return { ...blank, operator, first: condition.text };
  }
  if ('empty' in condition) return { ...blank, operator: condition.empty ? 'empty' : 'not_empty' };
  const isDate = filterColumn(condition.column)?.kind === 'date';
  const say = (value: number | undefined): string => (value === undefined ? '' : isDate ? dayOf(value) : String(value));
  const [first, second] = [say(condition.from), say(condition.to)];
  if (first === '') return { ...blank, operator: 'most', first: second };
  if (second === '') return { ...blank, operator: 'least', first };
  return first === second ? { ...blank, operator: 'equals', first } : { ...blank, operator: 'between', first, second };
}

// “1,234.5” and “1 234.5” are how people copy numbers.
function typedNumber(text: string): number | null {
  const plain = text.replace(/[,\s]/g, '');
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(plain) ? Number(plain) : null;
}
