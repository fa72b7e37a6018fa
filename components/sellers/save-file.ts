import { createBlobSink } from '#lib/transfer/blob-sink.ts';
import type { ExportSink } from '#lib/transfer/export-file.ts';

/** What the File System Access API has where there is one (Chromium). */
interface SavePicker {
  showSaveFilePicker?: (options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }) => Promise<FileSystemFileHandle>;
}

export interface FileKind {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly extension: string;
}

/**
 * Where a file goes that a person saves: where they say, else among their downloads. To be called in the click
 * itself. Null when they chose no place.
 */
export async function openFile({ name, description, type, extension }: FileKind): Promise<ExportSink | null> {
  const { showSaveFilePicker } = globalThis as SavePicker;
  if (showSaveFilePicker === undefined) return createBlobSink(type, (file) => download(file, name));
  try {
    const handle = await showSaveFilePicker({
      suggestedName: name,
      types: [{ description, accept: { [type]: [extension] } }],
    });
    return await handle.createWritable();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
    throw thrown;
  }
}

/** As long as a browser may take to begin with a download. */
const BEGUN_MS = 60_000;

function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), BEGUN_MS);
}
