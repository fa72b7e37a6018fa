import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, parse } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = { '.wasm': 'application/wasm', '.css': 'text/css' };

export interface BundleServer {
  /** An empty page that runs the first script. */
  readonly url: string;
  close(): void;
}

/**
 * Bundles scripts with their workers as the extension is bundled, and serves them on loopback: the first at the root, each
 * at its own name. A style sheet comes with what imports it.
 */
export async function serveBundle(...entries: readonly string[]): Promise<BundleServer> {
  const { files, pages } = await bundled(entries);
  const root = parse(entries[0] ?? '').name;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = files.get(path);
    const type = types[extname(path)] ?? 'text/javascript';
    // Cross-origin isolation: precise timers for all, and shared memory for peers that need it.
    response.writeHead(200, {
      'content-type': file === undefined ? 'text/html' : type,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(file ?? pages.get(path === '/' ? root : path.slice(1)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** A page that runs the script, with the style sheets that it begins with. */
const pageOf = (script: string, styles: Iterable<string>): string =>
  `<!doctype html><html lang="en"><title>bench</title>${Array.from(styles, (name) => `<link rel="stylesheet" href="/${name}">`).join('')}<body><script type="module" src="/${script}.js"></script>`;

interface Bundle {
  /** By path. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** By name of the script. */
  readonly pages: ReadonlyMap<string, string>;
}

async function bundled(entries: readonly string[]): Promise<Bundle> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [tailwindcss()],
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { input: [...entries], output: { entryFileNames: '[name].js' } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) => ('output' in each ? each.output : []));
  return {
    files: new Map(outputs.map((each) => [`/${each.fileName}`, each.type === 'chunk' ? each.code : each.source])),
    pages: new Map(
      outputs.flatMap((each) =>
        each.type === 'chunk' && each.isEntry
          ? [[each.name, pageOf(each.name, each.viteMetadata?.importedCss ?? [])] as const]
          : [],
      ),
    ),
  };
}
