import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findChromium } from '#scripts/find-browser.mjs';

export interface UndebuggedPage {
  /** Evaluates an expression in the page; promises are awaited; the value must be JSON. */
  evaluate<T>(expression: string): Promise<T>;
  /** Kinds of the browser's targets that a debugger is attached to. */
  attachedTo(): string[];
}

export interface UndebuggedChromium {
  open(url: string): Promise<UndebuggedPage>;
  close(): Promise<void>;
}

/**
 * A Chromium whose service workers no debugger watches: an attached one would keep them alive, and
 * the test would not see them die. Only the page itself is spoken to, over its own socket.
 */
export async function launchUndebugged(extensionDir: string): Promise<UndebuggedChromium> {
  const profile = await mkdtemp(join(tmpdir(), 'sellerdex-undebugged-'));
  const chromium = findChromium(process.env);
  if (chromium === null) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
  const browser = spawn(
    chromium,
    [
      '--headless=new',
      '--no-sandbox',
      `--user-data-dir=${profile}`,
      `--disable-extensions-except=${extensionDir}`,
      `--load-extension=${extensionDir}`,
      '--remote-debugging-port=0',
      '--remote-allow-origins=*',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  const port = await debuggingPort(profile);
  const sockets: WebSocket[] = [];
  return {
    open: async (url) => {
      const target = await newTarget(port, url);
      const socket = await openSocket(target.webSocketDebuggerUrl);
      sockets.push(socket);
      return pageOver(socket);
    },
    close: async () => {
      for (const socket of sockets) socket.close();
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function debuggingPort(profile: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
    const port = text.split('\n')[0];
    if (port) return port;
    await wait(100);
  }
  throw new Error('Chromium did not open its debugging port within 20 s');
}

async function newTarget(port: string, url: string): Promise<{ webSocketDebuggerUrl: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/new?${encodeURIComponent(url)}`, { method: 'PUT' });
  return (await answer.json()) as { webSocketDebuggerUrl: string };
}

async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(`no debugging socket at ${url}`)), { once: true });
  });
  return socket;
}

function pageOver(socket: WebSocket): UndebuggedPage {
  let lastId = 0;
  const attached: string[] = [];
  const waiting = new Map<number, (message: { result?: unknown; error?: unknown }) => void>();
  socket.addEventListener('message', (event) => {
    const message = JSON.parse(String(event.data)) as {
      id?: number;
      result?: unknown;
      error?: unknown;
      method?: string;
      params?: { targetInfo?: { type: string } };
    };
    if (message.method === 'Target.attachedToTarget') attached.push(message.params?.targetInfo?.type ?? 'unknown');
    if (message.id !== undefined) waiting.get(message.id)?.(message);
  });
  return {
    attachedTo: () => attached,
    evaluate: async <T>(expression: string) => {
      const id = ++lastId;
      const answer = new Promise<{ result?: unknown; error?: unknown }>((resolve) => waiting.set(id, resolve));
      socket.send(
        JSON.stringify({
          id,
          method: 'Runtime.evaluate',
          params: { expression, awaitPromise: true, returnByValue: true },
        }),
      );
      const { result, error } = await answer;
      waiting.delete(id);
      const outcome = result as { result?: { value?: T }; exceptionDetails?: unknown } | undefined;
      if (error !== undefined || outcome?.exceptionDetails !== undefined) {
        throw new Error(`evaluation failed: ${JSON.stringify(error ?? outcome?.exceptionDetails)}`);
      }
      return outcome?.result?.value as T;
    },
  };
}
