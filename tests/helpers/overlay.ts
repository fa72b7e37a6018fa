import type { Page } from '@playwright/test';
import { waitUntil } from './wait-until.ts';

interface OverlayNode {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly pressed: string | null;
  readonly backendId: number;
}

/** The overlay of an eBay page as a screen reader knows it: its shadow roots are closed to everybody else. */
export async function overlayOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');

  const nodes = async (): Promise<OverlayNode[]> => {
    const { nodes: tree } = await session.send('Accessibility.getFullAXTree');
    return tree.flatMap((node) =>
      node.ignored || node.backendDOMNodeId === undefined
        ? []
        : [
            {
              role: String(node.role?.value ?? ''),
              name: String(node.name?.value ?? ''),
              description: String(node.description?.value ?? ''),
              pressed: String(node.properties?.find((each) => each.name === 'pressed')?.value.value ?? '') || null,
              backendId: node.backendDOMNodeId,
            },
          ],
    );
  };
  const waitForButton = (name: string, within = 10_000) =>
    waitUntil(
      `button "${name}" on the page`,
      async () => (await nodes()).find((node) => node.role === 'button' && node.name === name) ?? null,
      within,
    );
  return {
    nodes,
    waitForButton,
    /** A real click of the mouse in the middle of the first button of that name. */
    click: async (name: string) => {
      const { backendId } = await waitForButton(name);
      await session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId: backendId });
      const { quads } = await session.send('DOM.getContentQuads', { backendNodeId: backendId });
      const [x1 = 0, y1 = 0, , , x3 = 0, y3 = 0] = quads[0] ?? [];
      await page.mouse.click((x1 + x3) / 2, (y1 + y3) / 2);
    },
  };
}
