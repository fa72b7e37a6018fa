import { describe, expect, it } from 'vitest';
import { isEditable } from './attention-form.tsx';
import { attentionWords, refusalWords } from './attention-words.ts';

const one = [{ id: 'a', no: 1 }];
const two = [...one, { id: 'b', no: 2 }];
const error = (code: string, details: Record<string, unknown> = {}, message = '') => ({ code, details, message });

describe('words of refused changes', () => {
  it.each([
    [{ op: 'update', targets: one, data: { display_name: 'new' } }, 'old', 'Rename old to new'],
    [{ op: 'update', targets: one, data: { note: 'slow' } }, 'acme', 'Note “slow” on acme'],
    [{ op: 'update', targets: one, data: { note: null } }, undefined, 'Remove the note on 1 seller'],
    [{ op: 'create', targets: one, data: { display_name: 'new' } }, undefined, 'Add new'],
    [{ op: 'flag', targets: two, data: { flagged: false } }, undefined, 'Unflag 2 sellers'],
    [{ op: 'delete', targets: one, data: {} }, 'acme', 'Delete acme'],
  ] as const)('%j of %s reads %s', (entry, seller, words) => {
    expect(attentionWords(entry, seller)).toBe(words);
  });

  it.each([
    ['name_taken', {}, 'Another seller is called acme already.'],
    ['deleted', {}, 'The seller was deleted meanwhile, so there is nothing to change.'],
    ['not_found', {}, 'The seller is not in the workspace any more.'],
    ['idempotency_mismatch', {}, 'a different change with the same number. Retry sends yours as a new one.'],
    ['invalid_data', { path: 'data.note' }, 'does not take this note. Edit it'],
    ['invalid_data', { path: 'data.feedback_percent' }, 'does not take this feedback percentage. Discard this.'],
    ['invalid_data', {}, 'does not take one of the values'],
    ['unknown_op', {}, 'Ask its owner to update it'],
    ['forbidden', {}, 'Your role does not allow this.'],
    ['unheard_of', {}, 'gave no reason'],
  ])('%s %j says why and what to do', (code, details, words) => {
    const entry = { op: 'update', targets: one, data: { display_name: 'acme' }, error: error(code, details) } as const;
    expect(refusalWords(entry)).toContain(words);
  });

  it('speaks of several, and of a restored seller whose name is taken', () => {
    expect(refusalWords({ op: 'flag', targets: two, data: {}, error: error('deleted') })).toContain('These sellers');
    expect(refusalWords({ op: 'restore', targets: one, data: {}, error: error('name_taken') })).toContain('meanwhile');
  });
  it.each([
    ['flag', one, 49, '1 of 50 sellers was gone meanwhile; the rest is changed. Discard this.'],
    ['update', two, 1, '2 of 3 sellers were gone meanwhile; the rest is changed. Discard this.'],
    ['delete', two, 1998, '2 of 2,000 sellers were gone already; the rest is deleted. Discard this.'],
    ['restore', one, 49, '1 of 50 sellers was not restored: its name is taken by now, or it is gone for good.'],
    ['restore', two, 1, '2 of 3 sellers were not restored: their names are taken by now, or they are gone for good.'],
    ['flag', two, undefined, '2 sellers were gone meanwhile; the rest is changed.'],
  ] as const)(
    'a %s of which %j were left out, beside %s, says which part and what to do',
    (op, targets, applied, words) => {
      const entry = { op, targets, data: {}, error: error('partly_applied', { applied }) };
      expect(refusalWords({ ...entry, targets: [...targets] })).toContain(words);
    },
  );

  it('offers the names’ holders to be renamed where a restore was left out', () => {
    const entry = { op: 'restore', targets: two, data: {}, error: error('partly_applied', { applied: 1 }) } as const;
    expect(refusalWords(entry)).toContain('Rename those that have the names and retry, or discard this.');
  });

  it('lets a note be typed better only where there is still a seller for it', () => {
    const note = (code: string) =>
      ({ op: 'update', targets: one, data: { note: 'slow' }, error: error(code) }) as const;
    expect(isEditable(note('invalid_data'))).toBe(true);
    for (const code of ['deleted', 'not_found', 'partly_applied']) expect(isEditable(note(code))).toBe(false);
  });
});
