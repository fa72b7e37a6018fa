import type { CheckedMutation } from './check-mutation.ts';

/** What an entry of the audit trail says about a mutation, for people: "Flagged 3 sellers". */
export function describeMutation({ op, data, rules }: CheckedMutation, count: number, label: string): string {
  const [, many] = rules.words;
  return `${verb(op, data)} ${count === 1 && label !== '' ? label : `${count} ${count === 1 ? rules.words[0] : many}`}`;
}

function verb(op: CheckedMutation['op'], data: CheckedMutation['data']): string {
  switch (op) {
    case 'create':
      return 'Added';
    case 'update':
      return 'Changed';
    case 'flag':
      return data['flagged'] === true ? 'Flagged' : 'Unflagged';
    case 'delete':
      return 'Deleted';
    case 'restore':
      return 'Restored';
  }
}
