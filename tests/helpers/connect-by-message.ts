import type { LaunchedExtension } from '#scripts/launch-extension.ts';

interface ChromeRuntime {
  chrome: { runtime: { sendMessage(message: object): Promise<{ ok: boolean }> } };
}

/** Connects the extension by the message that Settings sends, for tests that are about something else. */
export async function connectByMessage(
  extension: LaunchedExtension,
  server: { url: string; email: string; password: string },
): Promise<void> {
  const page = await extension.openManager();
  const input = { server: server.url, email: server.email, password: server.password };
  const answer = await page.evaluate(
    (account) =>
      (globalThis as unknown as ChromeRuntime).chrome.runtime.sendMessage({
        sellerdex: 1,
        procedure: 'connection.connect',
        input: account,
      }),
    input,
  );
  await page.close();
  if (!answer.ok) throw new Error(`not connected: ${JSON.stringify(answer)}`);
}
