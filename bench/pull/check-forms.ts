import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { pullAnswer, type PullAnswer, type PullColumns } from '#lib/protocol/pull.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { wireRowAt } from '#lib/tables/row-conversion.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';
import { type Client, type Form, forms, getPage } from './http-pull.ts';

/**
 * Pulls everything in every form and throws unless all of them carry the same rows, each row once and
 * newest first, every tenth of them checked against the declaration. Answers the cursors of the pages.
 */
export async function checkForms(client: Client, rows: number): Promise<(string | undefined)[]> {
  const cursors: (string | undefined)[] = [];
  let cursor: string | undefined;
  let last = Number.POSITIVE_INFINITY;
  let count = 0;
  for (;;) {
    cursors.push(cursor);
    const page = await readPage<PullAnswer>(client, 'rows', cursor);
    for (const row of page.items) {
      if (!(Number(row['no']) < last)) throw new Error(`row ${String(row['no'])} follows ${last}`);
      last = Number(row['no']);
      if (last % 10 === 0) rowSchema(sellers).parse(row);
    }
    count += page.items.length;
    for (const form of Object.keys(forms) as Form[]) {
      // The compressed forms of one page in ten: they are the same text.
      if (form === 'rows' || (form !== 'columns' && cursors.length % 10 !== 1)) continue;
      const other = await readPage<PullAnswer | PullColumns>(client, form, cursor);
      const items = 'items' in other ? other.items : page.items.map((_, at) => wireRowAt(sellers, other.columns, at));
      if (!isDeepStrictEqual(items, page.items))
        throw new Error(`${form} differ from the rows on page ${cursors.length}`);
    }
    if (!page.has_more) break;
    cursor = pullAnswer.shape.next_cursor.parse(page.next_cursor);
  }
  if (count !== rows) throw new Error(`${count} rows instead of ${rows}`);
  return cursors;
}

async function readPage<Page>(client: Client, form: Form, cursor: string | undefined): Promise<Page> {
  const bytes = Buffer.concat(await getPage(client, form, cursor));
  const { encoding } = forms[form];
  const text = encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'zstd' ? zstdDecompressSync(bytes) : bytes;
  return JSON.parse(text.toString()) as Page;
}
