import { createAdaptorServer } from '@hono/node-server';
import { syncBuiltinESMExports } from 'node:module';
import { connect, type AddressInfo } from 'node:net';
import type { Transform } from 'node:stream';
import zlib, { zstdDecompressSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COLUMNS_TYPE } from '#lib/protocol/pull.ts';
import { inSystem } from '#server/db/in-org.ts';
import { seedSellers } from '#server/seed-sellers.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import { addTestMember, type Member, useServer } from './server-under-test.ts';

const SELLERS = 9000;
const { createZstdCompress } = zlib;

function replace(value: typeof createZstdCompress): void {
  Object.defineProperty(zlib, 'createZstdCompress', { configurable: true, enumerable: true, value });
  syncBuiltinESMExports();
}

// On Postgres alone: the embedded database makes a page at once.
describe('a compressed page that is cut off while it is made', () => {
  const server = useServer('postgres');
  let owner: Member;
  const compressors: Transform[] = [];
  let begun: PromiseWithResolvers<void>;
  beforeAll(async () => {
    owner = await addTestMember(server.current);
    await seedSellers(server.current.deps.database.db, {
      orgId: owner.orgId,
      sellers: SELLERS,
      seed: 1,
      now: Date.now(),
    });
    replace((options) => {
      const made = createZstdCompress(options);
      compressors.push(made);
      begun.resolve();
      return made;
    });
  });
  afterAll(() => replace(createZstdCompress));
  beforeEach(() => {
    compressors.length = 0;
    begun = Promise.withResolvers();
  });

  const rows = (query: string) =>
    inSystem(server.current.deps.database.db, async (tx) => (await sql.raw<{ count: number }>(query).execute(tx)).rows);
  const path = `/sync/sellers?limit=${SELLERS}`;
  const headers = { accept: COLUMNS_TYPE, 'accept-encoding': 'zstd', 'x-test': 'cut' };
  const pull = async () => {
    const { app } = server.current;
    return app.request(path, { headers: { ...headers, authorization: `Bearer ${owner.token}` } });
  };
  const noTransactionIsOpen = () =>
    waitUntil('every transaction is over', async () => {
      const [open] = await rows(
        `select count(*)::int as count from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`,
      );
      return open?.count === 0;
    });
  afterEach(async () => {
    // No transaction stays open, and none of the compressors.
    await waitUntil('every compressor is gone', () => compressors.every(({ destroyed }) => destroyed));
    await noTransactionIsOpen();
    const whole = await pull();
    expect(whole.status).toBe(200);
    const text = zstdDecompressSync(Buffer.from(await whole.arrayBuffer())).toString();
    expect((JSON.parse(text) as { columns: { id: string[] } }).columns.id).toHaveLength(SELLERS);
  });

  test('by a query that fails: the answer is an error, whole and as it is', async () => {
    // The last part of the page cannot be made: its time has no milliseconds.
    const broken = `org_id = '${owner.orgId}' and no = 2`;
    await rows(`update sellers set created_at = 'infinity' where ${broken}`);
    const answer = await pull();
    expect(compressors).toHaveLength(1);
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([500, null]);
    expect(await answer.json()).toMatchObject({ error: { code: 'internal' } });
    await rows(`update sellers set created_at = updated_at where ${broken}`);
  });

  test('by a client that goes away before its first byte: it is made to its end, and that is no error', async () => {
    const errors = [...server.current.errors];
    const http = createAdaptorServer({ fetch: server.current.app.fetch });
    await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
    const socket = connect((http.address() as AddressInfo).port, '127.0.0.1');
    let heard = 0;
    socket.on('data', (data) => (heard += data.length));
    const lines = Object.entries({ host: 'x', ...headers, authorization: `Bearer ${owner.token}` });
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    await begun.promise;
    socket.destroy();
    await waitUntil('the page is made', () => compressors.every(({ destroyed }) => destroyed));
    expect(heard).toBe(0);
    expect(compressors.map(({ readableEnded }) => readableEnded)).toEqual([true]);
    await new Promise((resolve) => http.close(resolve));
    expect(server.current.errors).toEqual(errors);
  });

  test('not by a client that does not read: the database is free all the same', async () => {
    const answered = Promise.withResolvers<void>();
    const http = createAdaptorServer({
      fetch: async (request) => {
        const answer = await server.current.app.fetch(request);
        answered.resolve();
        return answer;
      },
    });
    await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
    const socket = connect((http.address() as AddressInfo).port, '127.0.0.1').pause();
    const request = `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${owner.token}\r\n\r\n`;
    socket.write(request);
    await answered.promise;
    await noTransactionIsOpen();
    const pieces: Buffer[] = [];
    socket.on('data', (data) => pieces.push(data));
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    const text = Buffer.concat(pieces).toString();
    const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as { items: unknown[] };
    expect(body.items).toHaveLength(SELLERS);
    await new Promise((resolve) => http.close(resolve));
  });
});
