import { type ServerEvent, type ServerEventName, serverEvents } from '#lib/protocol/events.ts';

/**
 * Server-sent events out of pieces of text that may break anywhere. Unknown or malformed events are
 * left out: they are hints, and a newer server may have more of them.
 */
export async function* parseEvents(pieces: AsyncIterable<string>): AsyncGenerator<ServerEvent> {
  let rest = '';
  for await (const piece of pieces) {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event !== null) yield event;
    }
  }
}

function parseBlock(block: string): ServerEvent | null {
  const lines = block.split('\n');
  const name = field(lines, 'event')[0];
  if (name === undefined || !Object.hasOwn(serverEvents, name)) return null;
  const parsed = serverEvents[name as ServerEventName].safeParse(parseJson(field(lines, 'data').join('\n')));
  return parsed.success ? ({ event: name, data: parsed.data } as ServerEvent) : null;
}

function field(lines: readonly string[], name: string): string[] {
  return lines
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/^ /u, ''));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
