import { unreadableFile } from '../unreadable-file.ts';
import { openZip } from './read-zip.ts';
import type { ZipArchive } from './read-zip.ts';
import { attributeOf, scanXml } from './scan-xml.ts';
import { readSharedStrings, readSheetRows } from './read-sheet.ts';

const OFFICE_DOCUMENT = '/officeDocument';
const SHARED_STRINGS = '/sharedStrings';

/**
 * The rows of the first sheet that is shown, as texts, without empty ones; not more than `maxRows`. Formulas
 * give the value that was last worked out. Throws `unreadable_file`.
 */
export async function readFirstSheet(bytes: Uint8Array<ArrayBuffer>, maxRows: number): Promise<string[][]> {
  const zip = openZip(bytes);
  const [workbookPath] = (await relationsOf(zip, '')).filter(({ type }) => type.endsWith(OFFICE_DOCUMENT));
  const workbook = workbookPath && (await zip.text(workbookPath.target));
  if (!workbook) throw unreadableFile('not_a_workbook');
  const relations = await relationsOf(zip, workbookPath.target);
  const sheetId = firstSheet(workbook);
  const sheetPath = relations.find(({ id }) => id === sheetId)?.target;
  const stringsPath = relations.find(({ type }) => type.endsWith(SHARED_STRINGS))?.target;
  const sheet = sheetPath && (await zip.text(sheetPath));
  if (!sheet) throw unreadableFile('not_a_workbook');
  const strings = stringsPath === undefined ? null : await zip.text(stringsPath);
  return readSheetRows(sheet, strings === null ? [] : await readSharedStrings(strings), maxRows);
}

function firstSheet(workbook: string): string | null {
  for (const piece of scanXml(workbook)) {
    if (piece.kind !== 'open' || piece.name !== 'sheet') continue;
    const state = attributeOf(piece.attributes, 'state');
    if (state === null || state === 'visible') return attributeOf(piece.attributes, 'id');
  }
  return null;
}

interface Relation {
  id: string | null;
  type: string;
  /** The path in the archive. */
  target: string;
}

/** Which files the file at `path` refers to; of the archive itself for ''. */
async function relationsOf(zip: ZipArchive, path: string): Promise<Relation[]> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const xml = await zip.text(`${folder}_rels/${path.slice(folder.length)}.rels`);
  if (xml === null) return [];
  const relations: Relation[] = [];
  for (const piece of scanXml(xml)) {
    if (piece.kind !== 'open' || piece.name !== 'Relationship') continue;
    // An address needs a host to be resolved against; only its path is used.
    const base = new URL(`https://archive.invalid/${folder}`);
    const target = attributeOf(piece.attributes, 'Target') ?? '';
    if (!URL.canParse(target, base)) continue;
    relations.push({
      id: attributeOf(piece.attributes, 'Id'),
      type: attributeOf(piece.attributes, 'Type') ?? '',
      target: decodeURIComponent(new URL(target, base).pathname.slice(1)),
    });
  }
  return relations;
}
