import fc from 'fast-check';
import type { Fate } from './wire.ts';

/** One thing that happens in a history. Indexes are taken modulo what there is. */
export type Step =
  | { kind: 'create'; browser: number; name: number; flagged: boolean }
  | { kind: 'edit'; browser: number; row: number; what: Edit; value: number }
  | { kind: 'flag all'; browser: number; flagged: boolean }
  | { kind: 'repeat'; browser: number; which: number }
  | { kind: 'attention'; browser: number; action: 'retry' | 'discard' }
  | { kind: 'sync'; browser: number }
  | { kind: 'move'; picks: number[]; fate: Fate }
  | { kind: 'flow'; count: number }
  | { kind: 'kill'; browser: number; after: number }
  | { kind: 'kill at answer'; pick: number; after: number }
  | { kind: 'clock'; browser: number; years: number }
  | { kind: 'time'; ms: number }
  | { kind: 'purge' }
  | { kind: 'epoch' };

export type Edit = 'flag' | 'unflag' | 'rename' | 'note' | 'delete' | 'restore';

export interface History {
  readonly browsers: number;
  readonly steps: readonly Step[];
}

const browser = fc.nat(5);
const fate = fc.constantFrom<Fate>('pass', 'pass', 'pass', 'lose', 'lose', 'cut', 'duplicate', 'hang');
const edit = fc.constantFrom<Edit>('flag', 'unflag', 'rename', 'note', 'delete', 'restore');

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      browser,
      name: fc.nat(11),
      flagged: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      browser,
      row: fc.nat(30),
      what: edit,
      value: fc.nat(5),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flag all' as const), browser, flagged: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), browser, which: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('attention' as const),
      browser,
      action: fc.constantFrom('retry' as const, 'discard' as const),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('sync' as const), browser }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      picks: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
      fate,
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('flow' as const), count: fc.integer({ min: 6, max: 40 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('kill' as const), browser, after: fc.nat(60) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('kill at answer' as const), pick: fc.nat(20), after: fc.nat(14) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), browser, years: fc.constantFrom(-1, 1) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(0, 1, 40, 11_000, 61_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'purge' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'epoch' as const }) },
);

/** 2 to 6 browsers in two workspaces, and at least 40 steps. */
export const history: fc.Arbitrary<History> = fc.record({
  browsers: fc.integer({ min: 2, max: 6 }),
  steps: fc.array(step, { minLength: 40, maxLength: 70, size: 'max' }),
});
