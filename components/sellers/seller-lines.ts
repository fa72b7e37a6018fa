import Papa from 'papaparse';
import { cleanName, nameProblem, normalizeName } from '#lib/domain/seller.ts';
import { csvCell, textOfCell } from '#lib/shared/csv-cell.ts';
import { loginFromLink } from '#lib/ebay/login-from-link.ts';

/** One seller that a pasted text names. */
export interface SellerLine {
  /** Line of the text (of CSV: row), from 1. */
  readonly line: number;
  /** As it will be shown. */
  readonly name: string;
  /** The normalized name. */
  readonly key: string;
  readonly problem: ReturnType<typeof nameProblem> | 'twice';
}

/** Lines that are taken at once. */
export const MAX_LINES = 20_000;

/** As much of a text as is taken at once, with a line for the header of CSV; `isCut`: there is more. */
export function firstLines(text: string): { text: string; isCut: boolean } {
  let end = -1;
  for (let line = 0; line <= MAX_LINES; line++) {
    const rest = /\r\n?|\n/g;
    rest.lastIndex = end + 1;
    if (rest.exec(text) === null) return { text, isCut: false };
    end = rest.lastIndex - 1;
  }
  return { text: text.slice(0, end + 1), isCut: text.slice(end + 1).trim() !== '' };
}

/** Names as a text that `parseSellerLines` reads them from. */
export function textOfNames(names: readonly string[]): string {
  return names.map(csvCell).join('\n');
}

const nameColumns = [
  'display_name',
  'name',
  'seller',
  'username',
  'user name',
  'seller name',
  'ebay user',
  'ebay name',
];

/**
 * Sellers from pasted text: one a line (a name, or the address of an eBay page that names one), or CSV: the column
 * whose header is one of a name, else the first. A name that came before is `twice`. Empty lines are none.
 */
export function parseSellerLines(text: string): SellerLine[] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const table = Papa.parse<string[]>(plain, { newline: '\n', header: false, delimiter: delimiterOf(plain) }).data;
  const column = table[0]?.findIndex((cell) => nameColumns.includes(cell.trim().toLowerCase())) ?? -1;
  const seen = new Set<string>();
  const lines: SellerLine[] = [];
  table.forEach((cells, at) => {
    if ((at === 0 && column >= 0) || cells.every((cell) => cell.trim() === '')) return;
    const typed = textOfCell(cells[Math.max(0, column)] ?? '');
    const name = cleanName(nameFromLink(typed) ?? typed);
    const key = normalizeName(name);
    const problem = nameProblem(name) ?? (seen.has(key) ? 'twice' : null);
    seen.add(key);
    lines.push({ line: at + 1, name, key, problem });
  });
  return lines;
}

// Told from its first line: papaparse's own guess looks at ten, and takes a comma in one name for a delimiter.
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return ['\t', ';', ','].find((delimiter) => first.includes(delimiter)) ?? ',';
}

function nameFromLink(text: string): string | null {
  return /^(?:https?:\/\/|www\.)/i.test(text.trim()) ? loginFromLink(text.trim()) : null;
}
