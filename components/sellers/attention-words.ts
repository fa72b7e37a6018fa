import { count, formatNumber } from '#components/ui/format.ts';
import { errorCodes, isErrorCode } from '#lib/shared/error-codes.ts';
import type { AttentionEntry } from '#lib/store/types.ts';

const verbs: Record<AttentionEntry['op'], string> = {
  create: 'Add',
  update: 'Edit',
  flag: 'Flag',
  delete: 'Delete',
  restore: 'Restore',
};

const fields: Readonly<Record<string, string>> = {
  display_name: 'name',
  note: 'note',
  flagged: 'flag',
  platform_id: 'platform ID',
  feedback_percent: 'feedback percentage',
  feedback_count: 'feedback count',
  item_count: 'number of items',
  source: 'source',
};

type Refused = Pick<AttentionEntry, 'op' | 'data'> & { targets: { readonly length: number } };

/**
 * What the person had asked for: “Rename acme to acme_parts”, “Flag 12 sellers”.
 * `seller`: name of the one seller that it is about, where it is known.
 */
export function attentionWords({ op, targets, data }: Refused, seller?: string): string {
  const name = data['display_name'];
  if (op === 'update' && typeof name === 'string')
    return seller === undefined ? `Rename to ${name}` : `Rename ${seller} to ${name}`;
  if (op === 'create' && typeof name === 'string') return `Add ${name}`;
  if (op === 'update' && 'note' in data) return noteWords(data['note'], seller ?? count(targets.length, 'seller'));
  const verb = op === 'flag' && data['flagged'] === false ? 'Unflag' : verbs[op];
  return `${verb} ${seller ?? count(targets.length, 'seller')}`;
}

function noteWords(note: unknown, sellers: string): string {
  return typeof note === 'string' && note !== '' ? `Note “${note}” on ${sellers}` : `Remove the note on ${sellers}`;
}

/** Why the server refused it, what that means and what can be done. */
export function refusalWords({ op, targets, data, error }: Refused & Pick<AttentionEntry, 'error'>): string {
  const many = targets.length > 1;
  const { code } = error;
  if (code === 'partly_applied') return leftOutWords(op, targets.length, error.details['applied']);
  if (code === 'conflict')
    return 'A colleague changed the same meanwhile. Retry puts yours in its place; discard this to keep theirs.';
  if (code === 'name_taken')
    return typeof data['display_name'] === 'string'
      ? `Another seller is called ${data['display_name']} already. Choose another name, or discard this.`
      : 'Another seller has taken the name meanwhile. Rename that one and retry, or discard this.';
  if (code === 'deleted')
    return many
      ? 'These sellers were deleted meanwhile, so there is nothing to change. Discard this.'
      : 'The seller was deleted meanwhile, so there is nothing to change. Discard this.';
  if (code === 'not_found')
    return `${many ? 'None of these sellers is' : 'The seller is not'} in the workspace any more. Discard this.`;
  if (code === 'idempotency_mismatch')
    return 'The server has a different change with the same number. Retry sends yours as a new one.';
  if (code === 'unknown_op' || code === 'unknown_table')
    return 'This server cannot do that. Ask its owner to update it, then retry.';
  if (code === 'invalid_data') return invalidWords(error.details);
  if (isErrorCode(code)) return error.message || errorCodes[code].words;
  return error.message || 'The server did not accept it and gave no reason. Retry, or discard this.';
}

/** `left`: how many of them the server left out, `applied`: how many it did not. */
function leftOutWords(op: AttentionEntry['op'], left: number, applied: unknown): string {
  const sellers =
    typeof applied === 'number' ? `${formatNumber(left)} of ${count(left + applied, 'seller')}` : count(left, 'seller');
  const were = `${sellers} ${left === 1 ? 'was' : 'were'}`;
  if (op === 'delete') return `${were} gone already; the rest is deleted. Discard this.`;
  if (op !== 'restore') return `${were} gone meanwhile; the rest is changed. Discard this.`;
  return left === 1
    ? `${were} not restored: its name is taken by now, or it is gone for good. Rename the one that has the name and retry, or discard this.`
    : `${were} not restored: their names are taken by now, or they are gone for good. Rename those that have the names and retry, or discard this.`;
}

function invalidWords(details: Readonly<Record<string, unknown>>): string {
  const column =
    String(details['path'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const field = fields[column];
  if (field === undefined) return 'The server does not take one of the values. Discard this and make the change anew.';
  const isTyped = column === 'display_name' || column === 'note';
  return `The server does not take this ${field}. ${isTyped ? 'Edit it, or discard this.' : 'Discard this.'}`;
}
