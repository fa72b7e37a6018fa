import { describe, expect, it } from 'vitest';
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
    ['idempotency_mismatch', {}, 'Retry sends it anew.'],
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
});
