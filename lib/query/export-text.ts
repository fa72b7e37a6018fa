import { csvCell } from '#lib/shared/csv-cell.ts';
import { createIsoTime } from './iso-time.ts';
import type { Notes } from './read-notes.ts';
import type { SellerRow } from './query.ts';

const isoTime = createIsoTime();

/** `names`: shown names, one a line. */
export type ExportForm = 'csv' | 'json' | 'names';

/** What the query engine does not hold of the rows. */
export interface StoredTexts {
  readonly notes: Notes;
  readonly platformId: (no: number) => string | null;
}

/** What is exported of a seller, under the names of its fields. Note and row come from different places. */
const columns = [
  'display_name',
  'flagged',
  'times_seen',
  'feedback_percent',
  'feedback_count',
  'item_count',
  'source',
  'first_seen_run_id',
  'last_seen_run_id',
  'note',
  'created_at',
  'updated_at',
  'id',
  'no',
  'platform',
  'platform_id',
  'normalized_name',
] as const;

type ExportRow = Readonly<Record<(typeof columns)[number], string | number | boolean | null>>;

/** What comes before the first row and after the last one. */
export function exportFrame(form: ExportForm): readonly [head: string, tail: string] {
  if (form === 'csv') return [`${columns.join(',')}\r\n`, ''];
  return form === 'json' ? ['[\n', '\n]\n'] : ['', ''];
}

/** Rows as a file has them; `isFirst`: none came before. A creation that is not confirmed has no number yet. */
export function exportText(
  form: ExportForm,
  rows: readonly SellerRow[],
  stored: StoredTexts,
  isFirst: boolean,
): string {
  let text = '';
  if (form === 'names') for (const { display_name } of rows) text += `${display_name}\n`;
  else if (form === 'csv') for (const row of rows) text += csvLine(row, noteOf(row, stored), stored.platformId(row.no));
  else {
    let between = isFirst ? '' : ',\n';
    for (const row of rows) {
      text += between + JSON.stringify(exportRow(row, stored));
      between = ',\n';
    }
  }
  return text;
}

/** Rows whose text is encoded at once: of more, the browser takes twice as long for each. */
const ENCODED_ROWS = 1000;
/** UTF-8 takes at most so many bytes for a unit of UTF-16. */
const UNIT_BYTES = 3;

/** Writes `exportText` in UTF-8. The bytes are the caller's, until the next ones are written. */
export function createExportBytes() {
  const encoder = new TextEncoder();
  let buffer = new Uint8Array(0);
  return (
    form: ExportForm,
    rows: readonly SellerRow[],
    stored: StoredTexts,
    isFirst: boolean,
  ): Uint8Array<ArrayBuffer> => {
    let end = 0;
    for (let at = 0; at < rows.length; at += ENCODED_ROWS) {
      const text = exportText(form, rows.slice(at, at + ENCODED_ROWS), stored, isFirst && at === 0);
      const most = end + text.length * UNIT_BYTES;
      if (most > buffer.length) {
        const larger = new Uint8Array(most * 1.5);
        larger.set(buffer.subarray(0, end));
        buffer = larger;
      }
      end += encoder.encodeInto(text, buffer.subarray(end)).written;
    }
    return buffer.subarray(0, end);
  };
}

/** In the order of `columns`. Ids, times and words of a fixed set need no quotes. */
function csvLine(row: SellerRow, note: string | null, platformId: string | null): string {
  const cells = `${csvCell(row.display_name)},${row.flagged},${row.times_seen},${row.feedback_percent ?? ''},${row.feedback_count ?? ''},${row.item_count ?? ''},${row.source},${row.first_seen_run_id ?? ''},${row.last_seen_run_id ?? ''}`;
  const times = `${isoTime(row.created_at)},${isoTime(row.updated_at)}`;
  return `${cells},${note === null ? '' : csvCell(note)},${times},${row.id},${row.no < 0 ? '' : row.no},${row.platform},${platformId === null ? '' : csvCell(platformId)},${csvCell(row.normalized_name)}\r\n`;
}

function exportRow(row: SellerRow, stored: StoredTexts): ExportRow {
  return {
    display_name: row.display_name,
    flagged: row.flagged,
    times_seen: row.times_seen,
    feedback_percent: row.feedback_percent,
    feedback_count: row.feedback_count,
    item_count: row.item_count,
    source: row.source,
    first_seen_run_id: row.first_seen_run_id,
    last_seen_run_id: row.last_seen_run_id,
    note: noteOf(row, stored),
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
    id: row.id,
    no: row.no < 0 ? null : row.no,
    platform: row.platform,
    platform_id: stored.platformId(row.no),
    normalized_name: row.normalized_name,
  };
}

function noteOf({ no, has_note }: SellerRow, { notes }: StoredTexts): string | null {
  return has_note ? (notes.get(no) ?? null) : null;
}
