import { count, formatNumber } from '#components/ui/format.ts';
import type { NewsKind } from '#lib/domain/run-news.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { pauseReason } from './run-words.ts';

const PREFIX = 'run:';

type Told = Pick<
  CollectionRun,
  | 'id'
  | 'name'
  | 'status'
  | 'pause_reason'
  | 'checkpoint'
  | 'paused_at'
  | 'sellers_found'
  | 'sellers_new'
  | 'failed_items'
>;

/** A notification about a run. Its id is the same for the same event, so that it is never there twice. */
export function noticeOf(kind: NewsKind, run: Told): { id: string; title: string; message: string } {
  const found = `${count(run.sellers_found, 'seller')} found, ${formatNumber(run.sellers_new)} new.`;
  const failed = run.failed_items === 0 ? '' : ` ${count(run.failed_items, 'search', 'searches')} failed.`;
  const titles: Record<NewsKind, string> = {
    completed: `${run.name} is completed`,
    failed: `${run.name} failed`,
    paused: `${run.name} is paused`,
  };
  const ended = `${found}${failed}${kind === 'failed' ? ' Its log says why.' : ''}`;
  const message = kind === 'paused' ? (pauseReason(run) ?? '') : ended;
  return { id: `${PREFIX}${run.id}:${kind}:${kind === 'paused' ? run.paused_at : ''}`, title: titles[kind], message };
}

/** The run that a notification is about; null for one of another kind. */
export function runOfNotice(id: string): string | null {
  return id.startsWith(PREFIX) ? (id.split(':')[1] ?? null) : null;
}
