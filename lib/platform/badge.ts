import { browser } from 'wxt/browser';

export type Badge = { kind: 'none' } | { kind: 'running' } | { kind: 'attention'; count: number };

/** What the toolbar button carries: a count of what needs a person, else a sign that a run is active. */
export async function showBadge(badge: Badge): Promise<void> {
  const text =
    badge.kind === 'none' ? '' : badge.kind === 'running' ? '…' : badge.count > 99 ? '99+' : String(badge.count);
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: badge.kind === 'attention' ? '#b3261e' : '#1d4ed8' }),
  ]);
}
