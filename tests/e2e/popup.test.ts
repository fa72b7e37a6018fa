import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAnswer } from '#lib/protocol/collection.ts';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { checkScreen } from '#tests/helpers/check-screen.ts';
import { connect } from '#tests/helpers/connect.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { newestRun, waitForRunEnd } from '#tests/helpers/runs.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

describe('popup', () => {
  let server: TestServer;
  let proxy: FaultProxy;
  let browser: Awaited<ReturnType<typeof startExtension>>;
  let remote: Api;
  let manager: Page;
  let popup: Page;
  /** What the popup said before there was a server. */
  let alone: string;
  /** The popup's own requests, with the times when they began and ended. */
  const requests: { path: string; at: number; ended: number }[] = [];
  const polls = () => requests.filter(({ path }) => path.endsWith('/progress'));
  const activeRun = () => popup.getByRole('region', { name: 'Active run' });
  const activeTab = () => popup.evaluate<number>('chrome.tabs.query({ active: true }).then((tabs) => tabs[0].id)');

  beforeAll(async () => {
    // Slow, so that the run is still going when the last test cancels it.
    server = await startServer({ env: { SELLERDEX_CATALOGUE_SPEED: '4' } });
    proxy = await startFaultProxy(server.url);
    remote = await api(server);
    browser = await startExtension();
    manager = await browser.openManager();
    popup = await browser.openPopup();
    await popup.getByRole('button', { name: 'Connect to a server' }).waitFor();
    alone = await popup.getByRole('main').innerText();
    await connect(manager, { ...server, url: proxy.url });
    await popup.reload();
    popup.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== proxy.url) return;
      const seen = { path: url.pathname, at: Date.now(), ended: Number.NaN };
      requests.push(seen);
      popup.on('requestfinished', (finished) => {
        if (finished === request) seen.ended = Date.now();
      });
    });
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.stop();
  });

  it('asks the server for nothing while there is no run', async () => {
    await popup.getByText('No run yet').waitFor();
    await sleep(2000);
    expect(requests).toEqual([]);
  });

  it('says what it is about and one next step, without a server, without sources, and without a run', async () => {
    expect(alone).toContain('Connect it to your team’s server to begin.');
    expect(await popup.getByRole('button').allInnerTexts()).toEqual(['', 'Open manager', 'Collect sellers']);
    // What the dialog learns of the sources, the popup tells from then on.
    const sources = '**/collection/sources';
    const open = async () => {
      await manager.bringToFront();
      await manager.goto(`${manager.url().split('#')[0] ?? ''}#/runs?collect=1`);
      await manager.reload();
      await manager.getByRole('dialog', { name: 'Collect sellers' }).getByText('0 selected').waitFor();
    };
    await manager.route(sources, async (route) => {
      const body = (await (await route.fetch()).text()).replaceAll('"configured":true', '"configured":false');
      await route.fulfill({ body, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' } });
    });
    const told = manager.waitForResponse(sources);
    await open();
    await told;
    await manager.getByText('nothing to search eBay with').waitFor();
    await popup.reload();
    await popup.getByText('Ask its owner to add the keys of a provider.').waitFor();
    await checkScreen(popup, 'popup, no sources');
    await manager.unroute(sources);
    await open();
    await manager.getByText('0 selected').waitFor();
    await waitUntil('the catalogue to be noted', async () => {
      await popup.reload();
      await popup.getByText('No run yet').waitFor();
      return (await popup.getByText('Only the practice catalogue is set up').count()) > 0;
    });
    await manager.keyboard.press('Escape');
    await popup.bringToFront();
    requests.length = 0;
  });

  it('shows a run that was started elsewhere, and asks every half second how far it is', async () => {
    await remote.post(runAnswer, '/collection/runs', { category_ids: ['appliances-cooktops', 'appliances-freezers'] });
    // The manager's event line tells the worker; the popup follows the worker.
    await activeRun().waitFor({ timeout: 3000 });
    const before = polls().length;
    await sleep(5000);
    const recent = polls().slice(before);
    // The interval runs from an answer to the next poll; how long an answer takes is the server's matter.
    const pauses = recent.slice(1).map(({ at }, index) => at - (recent[index]?.ended ?? 0));
    expect(pauses.length).toBeGreaterThanOrEqual(2);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(250);
    expect(median(pauses)).toBeLessThanOrEqual(1500);
    const feed = popup.getByRole('list', { name: 'Last sellers found' }).getByRole('listitem');
    await waitUntil('sellers in the feed', async () => (await feed.count()) > 0);
  });

  it('is 380 px wide and 600 px high at most, and only the feed scrolls', async () => {
    const size = await popup.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      const scrolling = [...document.querySelectorAll('*')].filter((element) => {
        const isScroller = ['auto', 'scroll'].includes(getComputedStyle(element).overflowY);
        return isScroller && element.scrollHeight > element.clientHeight;
      });
      return { scrollWidth, scrollHeight, scrolling: scrolling.map((element) => element.getAttribute('aria-label')) };
    });
    expect(size.scrollWidth).toBe(380);
    expect(size.scrollHeight).toBeLessThanOrEqual(600);
    expect(size.scrolling.filter((name) => name !== 'Last sellers found')).toEqual([]);
  });

  it('pauses and resumes', async () => {
    await checkScreen(popup, 'popup, running');
    await activeRun().getByRole('button', { name: 'Pause' }).click();
    await activeRun().getByRole('button', { name: 'Resume' }).waitFor();
    expect((await newestRun(remote))?.status).toBe('paused');
    await activeRun().getByRole('button', { name: 'Resume' }).click();
    await activeRun().getByRole('button', { name: 'Pause' }).waitFor();
    expect((await newestRun(remote))?.status).toBe('running');
  });

  it('does not repeat a poll that fails, says so, and goes on with the next', async () => {
    proxy.decide = ({ path }) =>
      path.endsWith('/progress') ? { kind: 'answer', status: 503, body: {} } : { kind: 'pass' };
    await activeRun().getByText('The server does not answer').waitFor();
    const before = polls().length;
    await sleep(3000);
    expect(polls().length - before).toBeLessThanOrEqual(7);
    await checkScreen(popup, 'popup, server does not answer');
    proxy.decide = () => ({ kind: 'pass' });
    await activeRun().getByText('The server does not answer').waitFor({ state: 'hidden' });
  });

  it('leads to the open manager instead of opening another', async () => {
    const managerTab = await manager.evaluate<number>('chrome.tabs.getCurrent().then((tab) => tab.id)');
    const open = browser.context.pages().length;
    expect(await activeTab()).not.toBe(managerTab);
    await popup.getByRole('button', { name: 'Open manager' }).click();
    await waitUntil('the manager in front', async () => (await activeTab()) === managerTab);
    await popup.getByRole('button', { name: 'Collect sellers' }).click();
    await manager.getByRole('dialog', { name: 'Collect sellers' }).waitFor();
    await manager.keyboard.press('Escape');
    expect(browser.context.pages()).toHaveLength(open);
  });

  it('cancels after asking, sums up, and falls silent', async () => {
    await popup.bringToFront();
    await activeRun().getByRole('button', { name: 'Cancel run' }).click();
    await activeRun().getByRole('button', { name: 'Keep running' }).click();
    expect((await newestRun(remote))?.status).toBe('running');
    await activeRun().getByRole('button', { name: 'Cancel run' }).click();
    await activeRun().getByRole('button', { name: 'Yes, cancel' }).click();
    const run = await waitForRunEnd(remote);
    expect(run.status).toBe('cancelled');
    const summary = popup.getByRole('region', { name: 'Last run' });
    await summary.getByText(`${run.sellers_found.toLocaleString('en-US')} sellers found`).waitFor();
    await checkScreen(popup, 'popup, last run');
    const before = requests.length;
    await sleep(1500);
    expect(requests).toHaveLength(before);
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
