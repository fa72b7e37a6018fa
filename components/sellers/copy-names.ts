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
  const data = (async () => {
    const takesText = itemTakesText();
    const parts: string[] = [];
    for await (const some of names) {
      copied += some.length;
      parts.push(`${parts.length === 0 ? '' : '\n'}${some.join('\n')}`);
    }
    return (await takesText) ? parts.join('') : new Blob(parts, { type: 'text/plain' });
  })();
  try {
    await clipboard.write([new ClipboardItem({ 'text/plain': data })]);
  } catch (cause) {
    // What the query engine said comes before what the clipboard makes of it.
    await data;
    throw new AppError('clipboard_refused', { cause });
  }
  return copied;
}

/** Whether an item may be a text, as the Clipboard API has it today; earlier browsers take a Blob, whose million names they read in a task of 60 to 200 ms. */
async function itemTakesText(): Promise<boolean> {
  try {
    return (await new ClipboardItem({ 'text/plain': '' }).getType('text/plain')) instanceof Blob;
  } catch {
    return false;
  }
}

/** Names of the rows, batch by batch. */
export async function* namesOf(
  batches: AsyncIterable<readonly { readonly display_name: string }[]>,
): AsyncGenerator<string[]> {
  for await (const rows of batches) yield rows.map(({ display_name: name }) => name);
}
