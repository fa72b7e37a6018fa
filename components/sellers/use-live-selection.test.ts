import { expect, it } from 'vitest';
import { everythingSelected, nothingSelected, selectedCount } from '#components/grid/selection.ts';
import { runsOf } from '#lib/shared/number-runs.ts';
import { liveSelection } from './use-live-selection.ts';

/** A list of ten sellers that are there, of which the first five match. */
const view = {
  choose: async (chosen: { kind: string; handles?: Float64Array }) => ({
    nos: (chosen.handles ?? new Float64Array()).filter((no) => no < 10),
    ids: new Uint8Array(),
  }),
  locateAll: async (handles: readonly number[]) => handles.map((no) => (no < 5 ? no : -1)),
};

it('drops rows that are gone, whether they match or not', async () => {
  const kept = { kind: 'some', runs: runsOf([1, 7]) } as const;
  expect(await liveSelection(view, kept)).toBe(kept);
  expect(await liveSelection(view, { kind: 'some', runs: runsOf([1, 7, 12]) })).toEqual(kept);
  expect(await liveSelection(view, nothingSelected)).toBe(nothingSelected);
});

it('drops exceptions that no longer match, so that the count is of what will be acted on', async () => {
  const kept = { kind: 'all', exceptRuns: runsOf([1, 3]) } as const;
  expect(await liveSelection(view, kept)).toBe(kept);
  expect(await liveSelection(view, everythingSelected)).toBe(everythingSelected);
  const live = await liveSelection(view, { kind: 'all', exceptRuns: runsOf([1, 3, 7, 12]) });
  expect(live).toEqual(kept);
  expect(selectedCount(live, 5)).toBe(3);
});
