import type { PagePart } from './sql/read-page.ts';

/** Rows of a part: of 500 to 5,000, pages of 10,000 sellers were made in the least time by these. */
const PART_ROWS = 2000;

/**
 * A page of up to `limit` rows in parts, each `take`n while the database makes the next one. `read` answers the
 * rows that follow number `from`. Answers the last part.
 */
export async function readParts(
  read: (from: number, limit: number) => Promise<PagePart>,
  from: number,
  limit: number,
  take: (texts: readonly string[]) => void,
): Promise<PagePart> {
  let left = limit;
  let reading = read(from, Math.min(PART_ROWS, left));
  for (;;) {
    const part = await reading;
    left -= part.count;
    if (!part.more || part.last === null || left === 0) {
      take(part.texts);
      return part;
    }
    reading = read(part.last, Math.min(PART_ROWS, left));
    take(part.texts);
  }
}
