import { expect, it } from 'vitest';
import type { RequestMessage } from './contract.ts';
import { answerMessage, type Handlers, isRequest, type Sender } from './serve.ts';

const self = { id: 'own-id', origin: 'chrome-extension://own-id/' };
const page: Sender = { id: 'own-id', url: 'chrome-extension://own-id/options.html' };
const overlay: Sender = { id: 'own-id', url: 'https://www.ebay.com/sch/i.html', tab: { id: 1 } };

interface Told {
  called: string[];
  handlers: Handlers;
}

function listener(): Told {
  const called: string[] = [];
  const note =
    <T>(name: string, answer: T) =>
    (): Promise<T> => {
      called.push(name);
      return Promise.resolve(answer);
    };
  const status = {
    state: 'synced' as const,
    waiting: 0,
    attention: 0,
    last_synced_at: null,
    progress: null,
    error: null,
    notice: null,
  };
  return {
    called,
    handlers: {
      'connection.connect': note('connection.connect', { org: '', email: '' }),
      'connection.disconnect': note('connection.disconnect', {}),
      'sync.now': note('sync.now', status),
      mutate: note('mutate', {}),
      'attention.resolve': note('attention.resolve', {}),
      'attention.edit': note('attention.edit', {}),
      'storage.check': note('storage.check', { damaged: false }),
      'notice.seen': note('notice.seen', {}),
      'settings.sync': note('settings.sync', {}),
      'settings.notifications': note('settings.notifications', {}),
      'update.apply': note('update.apply', {}),
      'marks.lookup': note('marks.lookup', { connected: true, marks: [] }),
      'marks.change': () => Promise.reject(new TypeError('secret inside')),
    },
  };
}

function ask(procedure: string, input: unknown): RequestMessage {
  return { sellerdex: 1, procedure, input };
}

it.each([
  ['a page', page, 'sync.now', {}],
  ['a page', page, 'marks.lookup', { names: [] }],
  ['the overlay', overlay, 'marks.lookup', { names: ['someone'] }],
])('%s (%o) may call %s', async (_who, sender, procedure, input) => {
  const { called, handlers } = listener();
  expect(await answerMessage(handlers, ask(procedure, input), sender, self)).toMatchObject({ ok: true });
  expect(called).toEqual([procedure]);
});

it.each<[string, Sender, string, unknown]>([
  ['the overlay, what only pages may', overlay, 'sync.now', {}],
  ['the overlay, a restart', overlay, 'update.apply', {}],
  ['the overlay, a disconnection', overlay, 'connection.disconnect', { unsent: 'discard' }],
  ['another extension', { ...page, id: 'foreign' }, 'sync.now', {}],
  ['another extension in a page of ours', { ...overlay, id: 'foreign' }, 'marks.lookup', { names: [] }],
  ['a sender without an id', { url: page.url }, 'sync.now', {}],
  ['a sender without an address', { id: 'own-id' }, 'sync.now', {}],
  ['a page of a like name', { id: 'own-id', url: 'chrome-extension://own-id.evil/options.html' }, 'sync.now', {}],
  ['a web page without a tab', { id: 'own-id', url: overlay.url }, 'marks.lookup', { names: [] }],
  ['a file', { id: 'own-id', url: 'file:///tmp/a.html', tab: {} }, 'marks.lookup', { names: [] }],
  ['a procedure that is not there', page, 'store.wipe', {}],
  ['a name that every object has', page, 'toString', {}],
  ['a name that every object has', page, '__proto__', {}],
])('refuses %s', async (_what, sender, procedure, input) => {
  const { called, handlers } = listener();
  const answer = await answerMessage(handlers, ask(procedure, input), sender, self);
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_allowed_here' } });
  expect(called).toEqual([]);
});

it.each<[string, unknown, string]>([
  ['marks.lookup', null, ''],
  ['marks.lookup', { names: [''] }, 'names.0'],
  ['marks.lookup', { names: Array.from({ length: 1001 }, () => 'a') }, 'names'],
  ['marks.lookup', { names: [], more: 1 }, ''],
  ['connection.disconnect', { unsent: 'sell' }, 'unsent'],
  ['mutate', { mutations: [] }, 'mutations'],
])('names what is wrong with the input of %s: %j', async (procedure, input, path) => {
  const { called, handlers } = listener();
  const answer = await answerMessage(handlers, ask(procedure, input), page, self);
  expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_request', details: { problems: [{ path }] } } });
  expect(called).toEqual([]);
});

it('answers what a handler throws by its code, with nothing of its inside', async () => {
  const input = {
    id: '10000000-0000-4000-8000-000000000001',
    action: 'add',
    sellers: [{ name: 'someone', feedback_percent: null, feedback_count: null }],
    edited_at: 0,
  };
  const answer = await answerMessage(listener().handlers, ask('marks.change', input), overlay, self);
  expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected' } });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

it.each([null, 'text', {}, { sellerdex: 2, procedure: 'a', input: {} }, { sellerdex: 1, procedure: 1, input: {} }])(
  'leaves %j to other listeners',
  (message) => {
    expect(isRequest(message)).toBe(false);
  },
);
