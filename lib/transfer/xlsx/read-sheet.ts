import type { XmlPiece } from './scan-xml.ts';
import { attributeOf, scanXml } from './scan-xml.ts';

/** Columns beyond are no part of a list; a cell may claim to be in column 16,384. */
const MAX_COLUMNS = 256;

/** How long a page may be busy at a stretch. */
const SLICE_MS = 12;
const PIECES_BETWEEN_LOOKS = 500;

/** The pieces, with a pause for the page whenever it has been busy for long. */
async function* unhurried(xml: string): AsyncGenerator<XmlPiece[], void> {
  let began = performance.now();
  let pieces: XmlPiece[] = [];
  for (const piece of scanXml(xml)) {
    pieces.push(piece);
    if (pieces.length < PIECES_BETWEEN_LOOKS) continue;
    yield pieces;
    pieces = [];
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    began = performance.now();
  }
  yield pieces;
}

/** The texts that cells refer to by number: whole, or in parts of different fonts. */
export async function readSharedStrings(xml: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  // How something is to be pronounced stands between.
  let inPhonetics = false;
  for await (const pieces of unhurried(xml)) {
    for (const piece of pieces) {
      if (piece.kind === 'text') {
        if (inText && !inPhonetics) text += piece.text;
      } else if (piece.name === 'rPh') inPhonetics = piece.kind === 'open' && !piece.isEmpty;
      else if (piece.name === 't') inText = piece.kind === 'open' && !piece.isEmpty;
      else if (piece.name === 'si') {
        if (piece.kind === 'close' || piece.isEmpty) strings.push(plainText(text));
        text = '';
      }
    }
  }
  return strings;
}

interface Cell {
  column: number;
  type: string;
  value: string;
  inline: string;
}

/** Rows with any text, in their order. */
export async function readSheetRows(xml: string, strings: readonly string[], maxRows: number): Promise<string[][]> {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell: Cell | null = null;
  let inside = '';
  let inPhonetics = false;
  for await (const pieces of unhurried(xml)) {
    for (const piece of pieces) {
      if (piece.kind === 'text') {
        if (cell && inside === 'v') cell.value += piece.text;
        else if (cell && inside === 't' && !inPhonetics) cell.inline += piece.text;
        continue;
      }
      const opens = piece.kind === 'open' && !piece.isEmpty;
      if (piece.name === 'row') {
        if (piece.kind === 'close' && row.some((text) => text !== '')) rows.push(Array.from(row, (text) => text ?? ''));
        if (rows.length >= maxRows) return rows;
        row = [];
        cell = null;
      } else if (piece.name === 'c') {
        if (opens) cell = newCell(piece.attributes, (cell?.column ?? -1) + 1);
        else if (piece.kind === 'close' && cell && cell.column < MAX_COLUMNS) row[cell.column] = textOf(cell, strings);
        else if (piece.kind === 'open') cell = newCell(piece.attributes, (cell?.column ?? -1) + 1);
      } else if (piece.name === 'rPh') inPhonetics = opens;
      else if (piece.name === 'v' || piece.name === 't') inside = opens ? piece.name : '';
    }
  }
  return rows;
}

function newCell(attributes: string, next: number): Cell {
  const letters = /^[A-Z]{1,3}/.exec(attributeOf(attributes, 'r') ?? '')?.[0];
  const column = letters === undefined ? next : columnOf(letters);
  return { column, type: attributeOf(attributes, 't') ?? 'n', value: '', inline: '' };
}

/** “A” → 0, “AB” → 27. */
function columnOf(letters: string): number {
  let column = 0;
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}

function textOf({ type, value, inline }: Cell, strings: readonly string[]): string {
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'inlineStr') return plainText(inline);
  if (type === 'str') return plainText(value);
  // A formula that failed (#N/A) shows nothing that could be searched.
  if (type === 'e') return '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return value.trim();
  const number = Number(value);
  // Decimals as a person sees them: 19.989999999999998 was typed as 19.99.
  return value.trim() === '' || !Number.isFinite(number) ? '' : String(Number(number.toFixed(2)));
}

/** Characters that XML cannot hold are written as _x000D_. */
function plainText(text: string): string {
  return text
    .replace(/_x([\dA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\s+/gu, ' ')
    .trim();
}
