import { attentionWords } from '#components/sellers/attention-words.ts';
import { statusWord } from '#components/runs/run-words.ts';
import { count, formatNumber } from '#components/ui/format.ts';
import type { TimelineItem, WaitingEdit } from './timeline.ts';

const past: Readonly<Record<string, string>> = {
  Add: 'Added',
  Edit: 'Changed',
  Rename: 'Renamed',
  Note: 'Noted',
  Remove: 'Removed',
  Flag: 'Flagged',
  Unflag: 'Unflagged',
  Delete: 'Deleted',
  Restore: 'Restored',
};

/** “Flagged 12 sellers”. `seller`: name of the one that it is about, where it is known. */
export function waitingWords(edit: WaitingEdit, seller?: string): string {
  const words = attentionWords({ op: edit.op, data: edit.data, targets: { length: edit.size } }, seller);
  const [verb = ''] = words.split(' ', 1);
  return (past[verb] ?? verb) + words.slice(verb.length);
}

/** The line itself, and the one below it. */
export function lineWords(item: TimelineItem, sellerName: (no: number) => string | undefined): [string, string] {
  if (item.kind === 'run') {
    const { run } = item;
    const found = `${count(run.sellers_found, 'seller')} found, ${formatNumber(run.sellers_new)} new`;
    return [run.name, `${statusWord(run).word} · ${found}`];
  }
  if (item.kind === 'change') return [item.entry.summary, item.mine ? 'You' : item.entry.actor_name];
  const only = item.edit.size === 1 ? item.edit.targets[0]?.no : undefined;
  return [waitingWords(item.edit, only === undefined ? undefined : sellerName(only)), 'You'];
}
