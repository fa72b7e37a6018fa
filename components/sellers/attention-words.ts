import { count } from '#components/ui/format.ts';
import type { AttentionEntry } from '#lib/store/types.ts';

const verbs: Record<AttentionEntry['op'], string> = {
  create: 'Add',
  update: 'Edit',
  flag: 'Flag',
  delete: 'Delete',
  restore: 'Restore',
};

type Refused = Pick<AttentionEntry, 'op' | 'targets' | 'data'>;

/**
 * What the person had asked for: “Rename acme to acme_parts”, “Flag 12 sellers”.
 * `seller`: name of the one seller that it is about, where it is known.
 */
export function attentionWords({ op, targets, data }: Refused, seller?: string): string {
  const name = data['display_name'];
  if (op === 'update' && typeof name === 'string')
    return seller === undefined ? `Rename to ${name}` : `Rename ${seller} to ${name}`;
  if (op === 'create' && typeof name === 'string') return `Add ${name}`;
  const verb = op === 'flag' && data['flagged'] === false ? 'Unflag' : verbs[op];
  return `${verb} ${seller ?? count(targets.length, 'seller')}`;
}
