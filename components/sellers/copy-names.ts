import { AppError } from '#lib/shared/app-error.ts';

/**
 * Puts names on the clipboard, one a line. The clipboard is asked at once and told later: a browser allows it for
 * some seconds after the key only. Resolves to how many there were.
 */
export async function copyNames(
  clipboard: Pick<Clipboard, 'write'>,
  names: AsyncIterable<readonly string[]>,
): Promise<number> {
  let copied = 0;
  const blob = (async () => {
    const parts: string[] = [];
    for await (const some of names) {
      copied += some.length;
      parts.push(`${parts.length === 0 ? '' : '\n'}${some.join('\n')}`);
    }
    return new Blob(parts, { type: 'text/plain' });
  })();
  try {
    await clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  } catch (cause) {
    // What the query engine said comes before what the clipboard makes of it.
    await blob;
    throw new AppError('clipboard_refused', { cause });
  }
  return copied;
}

/** Names of the rows, batch by batch. */
export async function* namesOf(
  batches: AsyncIterable<readonly { readonly display_name: string }[]>,
): AsyncGenerator<string[]> {
  for await (const rows of batches) yield rows.map(({ display_name: name }) => name);
}
