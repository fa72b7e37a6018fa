import type { PackedColumn, PackedText } from './packed-page.ts';
import { bitAt, endsOf } from './packed-page.ts';

type CasedText = Extract<PackedColumn, { kind: 'cased' }>;

/**
 * `shown` as the capitals that it has over `lower`, or null where it differs in anything but a to z. Of a page of
 * sellers the names that people see take 2 kB instead of 17.
 */
export function packCased(shown: PackedText, lower: PackedText): CasedText | null {
  if (shown.nulls !== null || lower.nulls !== null || shown.text.length !== lower.text.length) return null;
  const ends = endsOf(lower);
  if (endsOf(shown).some((end, at) => end !== ends[at])) return null;
  if (shown.text === lower.text) return { kind: 'cased', upper: new Uint8Array(0), nulls: null };
  const upper = new Uint8Array((shown.text.length + 7) >> 3);
  for (let at = 0; at < shown.text.length; at++) {
    const unit = shown.text.charCodeAt(at);
    const under = lower.text.charCodeAt(at);
    if (unit === under) continue;
    if (unit < 65 || unit > 90 || unit + 32 !== under) return null;
    upper[at >> 3] = (upper[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return { kind: 'cased', upper, nulls: null };
}

/** `text`, which stands at `from` of the text that `upper` was made over, with its capitals. */
export function withCapitals(text: string, upper: Uint8Array, from: number): string {
  let cased = '';
  let done = 0;
  for (let at = 0; at < text.length && upper.length > 0; at++) {
    if (!bitAt(upper, from + at)) continue;
    cased += text.slice(done, at) + String.fromCharCode(text.charCodeAt(at) - 32);
    done = at + 1;
  }
  return done === 0 ? text : cased + text.slice(done);
}
