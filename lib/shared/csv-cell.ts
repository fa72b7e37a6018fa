/** What spreadsheets take for a formula at the start of a cell (OWASP, CSV injection), or what hides one behind it. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/** Most names: nothing to think about, told in one look. */
const PLAIN = /^\w[\w.-]*$/;

/** A text as a cell of CSV: never a formula, quoted where it has to be. `textOfCell` takes back what it adds. */
export function csvCell(text: string): string {
  if (PLAIN.test(text)) return text;
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell that `csvCell` made, once its quotes are gone. */
export function textOfCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
