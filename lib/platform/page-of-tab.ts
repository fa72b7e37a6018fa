import { browser } from 'wxt/browser';

export interface PageSummary {
  sellers: number;
  new: number;
}

/** The tab that the popup was opened on, or null. Knowing its number needs no permission. */
async function activeTab(): Promise<number | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? null;
}

async function ask(procedure: string, input: object): Promise<unknown> {
  const tab = await activeTab();
  if (tab === null) return null;
  try {
    const answer: unknown = await browser.tabs.sendMessage(tab, { sellerdex: 1, procedure, input });
    return answer;
  } catch {
    // Most tabs have no overlay to answer, which every browser calls an error with words of its own.
    return null;
  }
}

/** What the overlay has found on the page of this tab; null where there is no overlay. */
export async function pageSummary(): Promise<PageSummary | null> {
  const answer = await ask('page.summary', {});
  if (typeof answer !== 'object' || answer === null || !('value' in answer)) return null;
  const { value } = answer;
  if (typeof value !== 'object' || value === null || !('sellers' in value) || !('new' in value)) return null;
  return { sellers: Number(value.sellers), new: Number(value.new) };
}

/** Has the overlay add or flag every seller of the page. False when nobody answered. */
export async function changePage(action: 'add' | 'flag'): Promise<boolean> {
  const answer = await ask('page.change', { action });
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
}
