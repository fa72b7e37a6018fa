import type { Page } from '@playwright/test';

/** Milliseconds of the page's thread spent in the overlay's script, and in the browser on its behalf, while `run` ran. */
export async function overlayCost(page: Page, run: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 100 });
  await session.send('Profiler.start');
  await run();
  const { profile } = await session.send('Profiler.stop');
  await session.detach();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const ours = new Set<number>();
  const add = (id: number): void => {
    ours.add(id);
    for (const child of nodes.get(id)?.children ?? []) add(child);
  };
  for (const node of profile.nodes) if (node.callFrame.url.includes('content-scripts/ebay.js')) add(node.id);
  const microseconds = (profile.samples ?? []).reduce(
    (sum, id, at) => (ours.has(id) ? sum + (profile.timeDeltas?.[at] ?? 0) : sum),
    0,
  );
  return microseconds / 1000;
}
