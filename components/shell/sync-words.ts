import { count } from '#components/ui/format.ts';
import type { SyncStatus } from '#lib/messaging/contract.ts';
import { relativeTime } from '#components/ui/relative-time.tsx';
import type { Session } from './session.ts';

export type SyncTone = 'good' | 'busy' | 'quiet' | 'bad';

export interface SyncWords {
  tone: SyncTone;
  /** Begins with one of the six words that the contract names. */
  head: string;
  /** What it means, or nothing to add. */
  rest: string;
}

/** A sync that brings nothing of ours and has no end to tell: not worth a word unless it takes long. */
export function isQuietSync(status: SyncStatus | null): boolean {
  if (status === null || status.last_synced_at === null || status.notice !== null) return false;
  return status.state === 'syncing' && status.waiting === 0 && status.progress === null;
}

/** What the status line says about a session. `now` in epoch milliseconds. */
export function syncWords(session: Session, now: number): SyncWords {
  if (session.state === 'loading') return { tone: 'busy', head: 'Syncing', rest: 'opening the local data' };
  if (session.state === 'none') return { tone: 'quiet', head: 'Signed out', rest: 'no server connected' };
  const { status, workspace } = session;
  if (status?.notice === 'lost') return { tone: 'bad', head: 'Needs attention', rest: 'local data was lost' };
  if (workspace.connection.token === null) return { tone: 'bad', head: 'Signed out', rest: waitingWords(status) };
  if (status === null) return { tone: 'busy', head: 'Syncing', rest: '' };
  return words(status, now);
}

function words(status: SyncStatus, now: number): SyncWords {
  if (status.state === 'signed_out') return { tone: 'bad', head: 'Signed out', rest: waitingWords(status) };
  if (status.state === 'offline') return { tone: 'quiet', head: 'Offline', rest: offlineWords(status) };
  if (status.state === 'attention') return { tone: 'bad', head: 'Needs attention', rest: attentionWords(status) };
  if (status.notice === 'rebuilding') return { tone: 'busy', head: 'Syncing', rest: rebuildingWords(status) };
  if (status.state === 'syncing') return { tone: 'busy', head: 'Syncing', rest: progressWords(status) };
  if (status.waiting > 0) return { tone: 'busy', head: 'Syncing', rest: waitingWords(status) };
  const at = status.last_synced_at;
  if (at === null) return { tone: 'busy', head: 'Syncing', rest: 'for the first time' };
  return { tone: 'good', head: 'Synced', rest: relativeTime(at, now) };
}

function rebuildingWords(status: SyncStatus): string {
  const progress = progressWords(status);
  return `local data was damaged, the list is loaded again${progress === '' ? '' : ` · ${progress}`}`;
}

// Said only when the list was loaded anew and the server refused its place in it again.
const LOST_PLACE = 'the server lost its place in the list. Sync again; if that does not help, ask the server’s owner';

/** Refusals whose own words are for whoever writes programs. */
const actions: Readonly<Record<string, string>> = {
  invalid_request: 'the server does not understand this extension. Update both, then sync again',
  too_large: 'a change is larger than the server takes. Ask its owner to raise the limit, then sync again',
  invalid_cursor: LOST_PLACE,
  cursor_expired: LOST_PLACE,
  not_found: 'the workspace is gone. Ask its owner, or connect to another one under Settings',
};

/** What a sync ended with, as a sentence for people. */
export function syncErrorWords({ code, message }: NonNullable<SyncStatus['error']>): string {
  const action = actions[code];
  return action === undefined ? message : `${action.charAt(0).toUpperCase()}${action.slice(1)}.`;
}

function attentionWords(status: SyncStatus): string {
  if (status.attention > 0) return count(status.attention, 'change was not accepted', 'changes were not accepted');
  if (status.error === null) return '';
  const action = actions[status.error.code];
  if (action === undefined) return status.error.message;
  return withWaiting(action, status);
}

// A server that is there and fails is not for the person's own connection to mend.
function offlineWords(status: SyncStatus): string {
  return status.error?.code === 'internal' ? withWaiting('the server has a problem', status) : waitingWords(status);
}

function withWaiting(what: string, status: SyncStatus): string {
  return status.waiting === 0 ? what : `${what}. ${waitingWords(status)}`;
}

function progressWords(status: SyncStatus): string {
  if (status.progress !== null && status.progress.remaining > 0) {
    const { received, remaining } = status.progress;
    return `${Math.floor((100 * received) / (received + remaining))} % of ${count(received + remaining, 'row')}`;
  }
  return status.waiting > 0 ? `${count(status.waiting, 'change')} to go` : '';
}

function waitingWords(status: SyncStatus | null): string {
  if (status === null || status.waiting === 0) return '';
  return `${count(status.waiting, 'change')} waiting to sync`;
}
