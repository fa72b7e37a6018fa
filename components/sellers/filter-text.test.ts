import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '#lib/query/query.ts';
import { NEWEST_RUN } from '#lib/query/query.ts';
import { dayOf, endOfDay, startOfDay } from './days.ts';
import { blankDraft, conditionOfDraft, draftOfCondition } from './filter-draft.ts';
import { conditionsFromText, textFromConditions } from './filter-text.ts';
import { filterAlternatives, sellerFilters, toggled } from './seller-filters.ts';

const RUN = '00000000-0000-4000-8000-000000000001';
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1000) / 1000 || 0);
const day = fc
  .date({ min: new Date('1000-01-02'), max: new Date('9998-12-30'), noInvalidDate: true })
  .map((date) => dayOf(date.getTime()));
const ends = (column: 'times_seen' | 'feedback_percent' | 'created_at', low: number, high: number, kind: number) => ({
  column,
  ...(kind === 1 ? {} : { from: Math.min(low, high) }),
  ...(kind === 0 ? {} : { to: Math.max(low, high) }),
});
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(...sellerFilters.map(({ where }) => where)),
  fc.record({ column: fc.constantFrom('has_note' as const, 'refused' as const), is: fc.boolean() }),
  fc.record({ column: fc.constantFrom('feedback_percent' as const, 'item_count' as const), empty: fc.boolean() }),
  fc.record({
    column: fc.constant('display_name' as const),
    match: fc.constantFrom('contains' as const, 'prefix' as const, 'exact' as const),
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.length <= 200),
  }),
  fc.record({
    column: fc.constant('platform_id' as const),
    match: fc.constantFrom('contains' as const, 'prefix' as const, 'exact' as const),
    text: fc.string({ minLength: 1, maxLength: 20 }),
  }),
  fc.record({ column: fc.constant('platform_id' as const), empty: fc.boolean() }),
  fc.record({
    column: fc.constantFrom('first_seen_run_id' as const, 'last_seen_run_id' as const),
    in: fc.uniqueArray(fc.constantFrom(RUN, NEWEST_RUN, null), { minLength: 1 }),
  }),
  fc.record({
    column: fc.constant('source' as const),
    in: fc.uniqueArray(fc.constantFrom('run', 'manual', 'import'), { minLength: 1 }),
  }),
  fc
    .tuple(fc.constantFrom('times_seen' as const, 'feedback_percent' as const), number, number, fc.nat({ max: 2 }))
    .map(([column, low, high, kind]) => ends(column, low, high, kind)),
  fc.tuple(day, day, fc.nat({ max: 2 })).map(([one, other, kind]) => {
    const [first = one, last = one] = [one, other].sort();
    return ends('created_at', startOfDay(first) ?? 0, endOfDay(last) ?? 0, kind);
  }),
);

describe('conditions in an address', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 5 }), (where) => {
        expect(conditionsFromText(textFromConditions(where))).toEqual({ where, wrong: [] });
      }),
    );
  });

  it('make no difference whatever the text is, but are named when they mean nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('a:;,.%:rangeis0-9_times_seen')) }), (text) => {
        const { where, wrong } = conditionsFromText(text);
        expect(where.length + wrong.length).toBe(text.split(';').filter((part) => part !== '').length);
      }),
    );
  });

  it.each([
    'constructor',
    'flagged:is:maybe',
    'flagged:range:1..2',
    'times_seen:range:10..3',
    'times_seen:range:..',
    'times_seen:range:1e3..',
    'times_seen:empty:yes',
    'display_name:contains:',
    'display_name:contains:%',
    `display_name:contains:${'a'.repeat(201)}`,
    'source:in:run,thief',
    'source:in:',
    'first_seen_run_id:in:12',
    'created_at:range:2026-02-30..',
    '__proto__:is:yes',
  ])('%j is left out and told', (part) => {
    expect(conditionsFromText(`flagged;${part}`)).toEqual({
      where: [{ column: 'flagged', is: true }],
      wrong: [part],
    });
  });
});

describe('the form of a condition', () => {
  it('shows one that is there so that nothing changes it', () => {
    fc.assert(
      fc.property(condition, (one) => {
        fc.pre(!('text' in one) || one.text.trim() === one.text);
        expect(conditionOfDraft(draftOfCondition(one))).toEqual(one);
      }),
    );
  });

  it.each([
    [
      { column: 'times_seen', operator: 'least', first: '1,234' },
      { column: 'times_seen', from: 1234 },
    ],
    [{ column: 'times_seen', operator: 'between', first: '5', second: '3' }, 'The second value is below the first.'],
    [{ column: 'times_seen', operator: 'most', first: 'ten' }, 'Enter a number.'],
    [{ column: 'created_at', operator: 'equals', first: '' }, 'Enter a date.'],
    [{ column: 'display_name', operator: 'prefix', first: '  ' }, 'Enter a text.'],
    [{ column: 'source', operator: 'any_of' }, 'Choose at least one.'],
  ] as const)('%j is %j', (part, made) => {
    expect(conditionOfDraft({ ...blankDraft(part.column), ...part })).toEqual(made);
  });
});

describe('quick filters', () => {
  const [fresh, flagged, unflagged] = sellerFilters;
  it('join others, take the place of those on their column, and go with a second click', () => {
    const both = toggled(toggled([], fresh), flagged);
    expect(both).toEqual([fresh.where, flagged.where]);
    expect(toggled(both, unflagged)).toEqual([fresh.where, unflagged.where]);
    expect(toggled(both, flagged)).toEqual([fresh.where]);
  });

  it('are counted as a click would have them', () => {
    const [ofFresh, ofFlagged, ofUnflagged] = filterAlternatives([flagged.where]);
    expect(ofFresh).toEqual([flagged.where, fresh.where]);
    expect(ofFlagged).toEqual([flagged.where]);
    expect(ofUnflagged).toEqual([unflagged.where]);
  });
});
