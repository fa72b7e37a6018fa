import { createServer } from 'node:http';
import { z } from 'zod';

export interface ServedPages {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves HTML pages that stand in for eBay; `pageFor` answers the page of an address, null for 404. */
export async function servePages(pageFor: (url: URL) => string | null): Promise<ServedPages> {
  const server = createServer((request, response) => {
    const html = pageFor(new URL(request.url ?? '/', 'http://127.0.0.1'));
    response
      .writeHead(html === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
      .end(html ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
