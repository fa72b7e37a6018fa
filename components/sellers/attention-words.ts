import { count } from '#components/ui/format.ts';
import type { AttentionEntry } from '#lib/store/types.ts';

const verbs: Record<AttentionEntry['op'], string> = {
  create: 'Add',
  update: 'Edit',
  flag: 'Flag',
  delete: 'Delete',
  restore: 'Restore',
};

/** What the person had asked for: “Rename to acme_parts”, “Flag 12 sellers”. */
export function attentionWords({ op, targets, data }: Pick<AttentionEntry, 'op' | 'targets' | 'data'>): string {
  const name = data['display_name'];
  if (op === 'update' && typeof name === 'string') return `Rename to ${name}`;
  if (op === 'create' && typeof name === 'string') return `Add ${name}`;
  const verb = op === 'flag' && data['flagged'] === false ? 'Unflag' : verbs[op];
  return `${verb} ${count(targets.length, 'seller')}`;
}
