import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import tailwindcss from '@tailwindcss/vite';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = { '.wasm': 'application/wasm', '.css': 'text/css' };

export interface BundleServer {
  /** An empty page that runs the script. */
  readonly url: string;
  close(): void;
}

/** Bundles a script with its workers as the extension is bundled, and serves it on loopback. */
export async function serveBundle(entry: string): Promise<BundleServer> {
  const files = await bundled(entry);
  const styles = [...files.keys()].filter((name) => name.endsWith('.css'));
  const page = `<!doctype html><html lang="en"><title>bench</title>${styles.map((name) => `<link rel="stylesheet" href="${name}">`).join('')}<body><script type="module" src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    const type = types[/\.\w+$/.exec(request.url ?? '')?.[0] ?? ''] ?? 'text/javascript';
    // Cross-origin isolation: precise timers for all, and shared memory for peers that need it.
    response.writeHead(200, {
      'content-type': file === undefined ? 'text/html' : type,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(file ?? page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

async function bundled(entry: string): Promise<Map<string, string | Uint8Array>> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [tailwindcss()],
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { input: entry, output: { entryFileNames: 'page.js' } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) => ('output' in each ? each.output : []));
  return new Map(outputs.map((each) => [`/${each.fileName}`, each.type === 'chunk' ? each.code : each.source]));
}
