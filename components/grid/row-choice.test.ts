import { expect, it } from 'vitest';
import { numbersIn, runsOf } from '#lib/shared/number-runs.ts';
import { createRowChoice } from './row-choice.ts';
import type { Selection } from './selection.ts';
import { nothingSelected } from './selection.ts';

/** Rows of which the first `read` are at hand; `arrive` puts one in above them. */
function list(handles: readonly number[], read: number) {
  let rows = [...handles];
  let selection: Selection = nothingSelected;
  let revision = 0;
  let located = 0;
  const handleAt = (index: number) => (index < read ? (rows[index] ?? null) : null);
  const choice = createRowChoice(() => ({
    revision,
    selection,
    onSelection(next) {
      selection = next;
    },
    handleAt,
    indexOf: (handle) => rows.slice(0, read).indexOf(handle),
    runsBetween: async (from, to) => runsOf(rows.slice(from, to)),
    async locate(handle) {
      located++;
      return rows.indexOf(handle);
    },
  }));
  return {
    choice,
    placeAt: (index: number) => ({ index, handle: handleAt(index), revision }),
    row: (index: number) => ({ index, handle: rows[index] ?? 0, revision }),
    arrive(handle: number) {
      revision++;
      rows = [handle, ...rows];
    },
    located: () => located,
    selected: () => (selection.kind === 'some' ? [...numbersIn(selection.runs)] : 'all'),
  };
}
const answered = () => new Promise((resolve) => setTimeout(resolve));

it('extends from row to row, not from place to place, though rows have come in above both', () => {
  const { choice, row, placeAt, arrive, selected } = list([11, 12, 13, 14, 15], 9);
  choice.only(row(1));
  const target = placeAt(3);
  arrive(10);
  choice.extendTo(target, false);
  expect(selected()).toEqual([12, 13, 14]);
});

it('asks for what is not at hand and leaves none out', async () => {
  const { choice, row, placeAt, arrive, located, selected } = list([11, 12, 13, 14, 15, 16], 3);
  choice.only(row(1));
  choice.extendTo(placeAt(4), false);
  await answered();
  expect(selected()).toEqual([12, 13, 14, 15]);
  // Nothing has moved.
  expect(located()).toBe(0);
  const from = row(1);
  arrive(10);
  choice.span(nothingSelected, from, placeAt(5));
  await answered();
  expect(selected()).toEqual([12, 13, 14, 15]);
});

it('lets no late answer take the place of a newer choice, or come into another list', async () => {
  const { choice, row, placeAt, selected } = list([11, 12, 13, 14, 15, 16], 3);
  const newer: [string, () => void, number[] | 'all'][] = [
    ['only', () => choice.only(row(0)), [11]],
    ['all', () => choice.all(), 'all'],
    ['clear', () => choice.clear(), []],
    ['toggle', () => choice.toggle(row(2)), [12, 13]],
    ['extendTo', () => choice.extendTo(row(2), false), [12, 13]],
    ['forget', () => choice.forget(), [12]],
  ];
  for (const [name, choose, expected] of newer) {
    choice.only(row(1));
    choice.extendTo(placeAt(5), false);
    choose();
    await answered();
    expect([name, selected()]).toEqual([name, expected]);
  }
});
