import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { GridColumn } from './column.ts';
import { writeTexts } from './write-texts.ts';

interface Row {
  readonly name: string;
  readonly seen: number | null;
}

const columns: readonly GridColumn<Row>[] = [
  { id: 'name', title: 'Name', width: 100, text: ({ name }) => name },
  { id: 'flag', title: 'Flag', width: 100, cell: () => null },
  { id: 'seen', title: 'Seen', width: 100, text: ({ seen }) => (seen === null ? null : String(seen)) },
];

function rowElement() {
  const { document, Text } = parseHTML('<div><b>box</b><i></i><button>flag</button><i></i></div>');
  vi.stubGlobal('Text', Text);
  const element = document.querySelector('div') as HTMLElement;
  return {
    element,
    texts: () => [...element.children].map(({ textContent }) => textContent),
    cell: element.children[3],
  };
}

let row: ReturnType<typeof rowElement>;
beforeEach(() => void (row = rowElement()));
afterEach(() => void vi.unstubAllGlobals());

it('writes texts beside what is drawn otherwise, and leaves that alone', () => {
  writeTexts(row.element, columns, { name: 'acme', seen: 3 }, 1);
  expect(row.texts()).toEqual(['box', 'acme', 'flag', '3']);
  writeTexts(row.element, columns, { name: '<b>', seen: 0 }, 1);
  expect(row.texts()).toEqual(['box', '<b>', 'flag', '0']);
  expect(row.element.innerHTML).toContain('&lt;b&gt;');
});

it('touches no text that stays as it is', () => {
  writeTexts(row.element, columns, { name: 'acme', seen: 3 }, 1);
  const [text, other] = [row.element.children[1]?.firstChild, row.cell?.firstChild];
  const write = vi.spyOn(text as Text, 'data', 'set');
  writeTexts(row.element, columns, { name: 'acme', seen: 4 }, 1);
  expect([write.mock.calls.length, row.cell?.firstChild === other, row.texts()[3]]).toEqual([0, true, '4']);
});

it('says of a value that nobody knows that it is not known, until it is', () => {
  writeTexts(row.element, columns, { name: 'acme', seen: null }, 1);
  expect(row.texts()[3]).toBe('–');
  expect([row.cell?.getAttribute('aria-label'), row.cell?.hasAttribute('data-unknown')]).toEqual(['not known', true]);
  writeTexts(row.element, columns, { name: 'acme', seen: 5 }, 1);
  expect([row.cell?.getAttribute('aria-label'), row.cell?.hasAttribute('data-unknown')]).toEqual([null, false]);
});

it('shows nothing of a row that is being read, beside the grey bars', () => {
  writeTexts(row.element, columns, { name: 'acme', seen: null }, 1);
  row.cell?.append(row.element.ownerDocument.createElement('hr'));
  writeTexts(row.element, columns, undefined, 1);
  expect(row.texts()).toEqual(['box', '', 'flag', '']);
  expect([row.cell?.hasAttribute('data-unknown'), row.cell?.lastElementChild?.localName]).toEqual([false, 'hr']);
});
