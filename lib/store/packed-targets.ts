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

/** Arguments of one call. */
const PIECE = 8192;

/** `ids`: 16 bytes for each handle. */
export function packTargets(nos: Float64Array, ids: Uint8Array): MessageTargets {
  let text = '';
  for (let from = 0; from < ids.length; from += PIECE) text += String.fromCharCode(...ids.subarray(from, from + PIECE));
  return { nos: nos.join(), ids: btoa(text) };
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
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  } catch {
    return null;
  }
}
