import { Agent, get } from 'node:http';
import { COLUMNS_TYPE, PULL_LIMIT_MAX } from '#lib/protocol/pull.ts';

export const forms = {
  rows: { accept: 'application/json', encoding: 'identity' },
  'rows gzip': { accept: 'application/json', encoding: 'gzip' },
  'rows zstd': { accept: 'application/json', encoding: 'zstd' },
  columns: { accept: COLUMNS_TYPE, encoding: 'identity' },
  'columns gzip': { accept: COLUMNS_TYPE, encoding: 'gzip' },
  'columns zstd': { accept: COLUMNS_TYPE, encoding: 'zstd' },
} as const;
export type Form = keyof typeof forms;

export interface Client {
  readonly url: string;
  readonly token: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One page as it comes over the line, in that form. `cursor` undefined: the first. */
export function getPage({ url, token }: Client, form: Form, cursor: string | undefined): Promise<Buffer[]> {
  const query = `limit=${PULL_LIMIT_MAX}${cursor === undefined ? '' : `&cursor=${cursor}`}`;
  const { accept, encoding } = forms[form];
  const headers = { authorization: `Bearer ${token}`, accept, 'accept-encoding': encoding };
  return new Promise((resolve, reject) => {
    const request = get(`${url}/sync/sellers?${query}`, { agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      const isAsAsked = (response.headers['content-encoding'] ?? 'identity') === encoding;
      response.on('end', () =>
        response.statusCode === 200 && isAsAsked
          ? resolve(pieces)
          : reject(
              new Error(`${form} answered ${response.statusCode}: ${Buffer.concat(pieces).toString().slice(0, 500)}`),
            ),
      );
    });
    request.on('error', reject);
  });
}

/** Seconds and bytes of all pages, one after the other, unread: what a client does with them is its own. */
export async function pullAll(
  client: Client,
  form: Form,
  cursors: readonly (string | undefined)[],
): Promise<{ seconds: number; bytes: number }> {
  const start = performance.now();
  let bytes = 0;
  for (const cursor of cursors) for (const piece of await getPage(client, form, cursor)) bytes += piece.length;
  return { seconds: (performance.now() - start) / 1000, bytes };
}
