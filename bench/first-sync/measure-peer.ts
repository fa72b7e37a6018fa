import { api } from '#tests/helpers/api.ts';
import { openBrowser } from '../shared/bench-browser.ts';
import type { Answer, Task } from '../store/tasks.ts';

interface PeerOptions {
  readonly subject: string;
  readonly server: { url: string; email: string; password: string };
  readonly rows: number;
  readonly limitMs: number;
  readonly url: string;
}

/** A new profile whose store a worker fills from the server, the next answer asked for while one is stored. */
export async function measurePeer({ subject, server, rows, limitMs, url }: PeerOptions) {
  const { token } = await api(server);
  // The server answers extensions only; a page of the bench is none.
  const browser = await openBrowser('chromium', url, 'performTask', ['--disable-web-security']);
  try {
    const task: Task = { name: 'pull', rows, limitMs, server: server.url, token };
    const { ms, firstMs = Number.NaN, stored } = await browser.call<Answer>('performTask', [subject, task]);
    return { ms: ms[0] ?? Number.NaN, firstMs, stored };
  } finally {
    await browser.close();
  }
}
