/**
 * Orders texts by their code points, as Postgres' "C" orders UTF-8. JavaScript's own `<` goes by UTF-16 units
 * and puts astral characters (written as surrogates) before U+E000 to U+FFFF.
 */
export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** A UTF-16 unit as a number of 16 bits: surrogates behind every other unit; the rest keep their order. */
export function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
