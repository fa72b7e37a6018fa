import { unreadableFile } from '../unreadable-file.ts';

/** A piece of an XML file. Names are without their prefix, which each program chooses for itself. */
export type XmlPiece =
  | { kind: 'open'; name: string; attributes: string; isEmpty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

/** The rest of a tag: quoted values may hold the sign that ends it. */
const restOfTag = /[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>/y;

/**
 * Tags and texts of the XML that office programs write, one after the other; each character is looked at
 * once. Document types are refused, so there is nothing that could grow. Throws `unreadable_file`.
 */
export function* scanXml(xml: string): Generator<XmlPiece, void> {
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    const end = open === -1 ? xml.length : open;
    if (end > at) yield { kind: 'text', text: decodeEntities(xml.slice(at, end)) };
    if (open === -1) return;
    if (xml.startsWith('<![CDATA[', open)) {
      at = endOf(xml, ']]>', open);
      yield { kind: 'text', text: xml.slice(open + 9, at - 3) };
    } else if (xml.startsWith('<!--', open)) at = endOf(xml, '-->', open);
    else if (xml.startsWith('<?', open)) at = endOf(xml, '?>', open);
    else if (xml.startsWith('<!', open)) throw unreadableFile('damaged');
    else {
      restOfTag.lastIndex = open + 1;
      const tag = restOfTag.exec(xml)?.[0];
      if (tag === undefined) throw unreadableFile('damaged');
      at = open + 1 + tag.length;
      yield readTag(tag.slice(0, -1));
    }
  }
}

function endOf(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at === -1) throw unreadableFile('damaged');
  return at + mark.length;
}

function readTag(tag: string): XmlPiece {
  if (tag.startsWith('/')) return { kind: 'close', name: localName(tag.slice(1).trim()) };
  const isEmpty = tag.endsWith('/');
  const inside = isEmpty ? tag.slice(0, -1) : tag;
  const space = inside.search(/\s/);
  const name = space === -1 ? inside : inside.slice(0, space);
  return { kind: 'open', name: localName(name), attributes: space === -1 ? '' : inside.slice(space), isEmpty };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The value of an attribute, whatever its prefix; null when there is none. */
export function attributeOf(attributes: string, name: string): string | null {
  const match = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? null : decodeEntities(value);
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
