import { AppError } from '#lib/shared/app-error.ts';
import type { Target } from './types.ts';
import { readUuid } from './uuid-bytes.ts';

/** Many targets as a message carries them: two texts instead of an object and a text for each. */
export interface MessageTargets {
  /** Handles, between commas. */
  readonly nos: string;
  /** Base64 of 16 bytes each. */
  readonly ids: string;
}

const HANDLES = /^-?\d+(?:,-?\d+)*$/;

const utf16 = new TextDecoder('utf-16le');

/** `ids`: 16 bytes for each handle. */
export function packTargets(nos: Float64Array, ids: Uint8Array): MessageTargets {
  // A character for each byte: bytes as arguments of `fromCharCode` take ten times as long, on the page's own thread.
  return { nos: nos.join(), ids: btoa(utf16.decode(Uint16Array.from(ids))) };
}

/** Targets of a message, packed or not. Throws `invalid_data` for what `packTargets` does not make. */
export function unpackTargets(targets: Target[] | MessageTargets): Target[] {
  if (Array.isArray(targets)) return targets;
  const { nos, ids } = targets;
  const handles = nos.split(',').map(Number);
  const bytes = bytesOf(ids);
  if (bytes?.length !== handles.length * 16 || !HANDLES.test(nos) || !handles.every(Number.isSafeInteger))
    throw new AppError('invalid_data', { details: { problems: [{ path: 'packed', message: 'no targets' }] } });
  return handles.map((no, at) => ({ id: readUuid(bytes, at * 16), no }));
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}
