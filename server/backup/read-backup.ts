import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '#lib/shared/app-error.ts';
import { backupEnd, backupHeader, type BackupHeader, readPiece, type RowsPiece } from './backup-format.ts';

/** The longest line that a backup can have; what is longer is something else. */
const LONGEST_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a backup from end to end and answers its header. Throws `invalid_request` for a file that is
 * none, was made by a newer program, or does not have all that its last line says.
 */
export async function checkBackup(file: string): Promise<BackupHeader> {
  let header: BackupHeader | undefined;
  let ended = false;
  const counts = new Map<string, number>();
  for await (const line of readLines(file)) {
    if (ended) throw broken(file);
    const piece = header === undefined ? null : readPiece(line);
    if (header === undefined) header = readHeader(file, line);
    else if (piece !== null) counts.set(piece.table, (counts.get(piece.table) ?? 0) + piece.count);
    else {
      const end = backupEnd.safeParse(parse(line));
      if (!end.success) throw broken(file);
      const told = Object.entries(end.data.counts);
      const missing = [...counts.keys()].some((table) => !Object.hasOwn(end.data.counts, table));
      if (missing || told.some(([table, count]) => count !== (counts.get(table) ?? 0))) throw broken(file);
      ended = true;
    }
  }
  if (header === undefined || !ended) throw broken(file);
  return header;
}

/** The rows of a backup that was checked, piece by piece. */
export async function* readPieces(file: string): AsyncGenerator<RowsPiece> {
  for await (const line of readLines(file)) {
    const piece = readPiece(line);
    if (piece !== null) yield piece;
  }
}

/** Whether the file is a copy of an embedded database's folder, as release 0.1.0 made them: a tar archive. */
export async function isFolderCopy(file: string): Promise<boolean> {
  for await (const chunk of unzip(file)) return chunk.toString('latin1', 257, 262) === 'ustar';
  return false;
}

function readHeader(file: string, line: string): BackupHeader {
  const given = parse(line);
  if (typeof given === 'object' && given !== null && 'format' in given && given.format === 'sellerdex-backup') {
    const header = backupHeader.safeParse(given);
    if (header.success) return header.data;
    throw refused(`${file} was made by a newer program. Update this one first.`);
  }
  throw foreign(file);
}

async function* readLines(file: string): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of unzip(file)) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, at)]).toString();
      parts = [];
      length = 0;
      from = at + 1;
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LONGEST_LINE_BYTES) throw foreign(file);
  }
  if (length > 0) throw broken(file);
}

/** The decompressed bytes; what cannot be decompressed to its end is an error. */
async function* unzip(file: string): AsyncGenerator<Buffer> {
  // The iteration tells of errors.
  const stream = pipeline(createReadStream(file), createGunzip(), () => undefined);
  let began = false;
  try {
    for await (const chunk of stream) {
      began = true;
      yield chunk as Buffer;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_')) throw began || code === 'Z_BUF_ERROR' ? broken(file) : foreign(file);
    if (code === 'ENOENT') throw refused(`There is no file ${file}.`);
    throw error;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const refused = (message: string): AppError => new AppError('invalid_request', { message });
const foreign = (file: string): AppError => refused(`${file} is not a backup of Sellerdex.`);
const broken = (file: string): AppError => refused(`${file} is cut short or damaged. Take another backup.`);
