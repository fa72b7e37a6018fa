import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { BrokenAnswer } from './start-stand-in.ts';
import { sendBroken, startStandIn } from './start-stand-in.ts';

const anyPage = z.strictObject({ source: z.literal('universal'), url: z.url(), geo_location: z.string() });
const bestSellers = z.strictObject({
  source: z.literal('amazon_bestsellers'),
  domain: z.literal('com'),
  query: z.string().regex(/^\d+$/),
  start_page: z.int().min(1),
  parse: z.literal(true),
});
const query = z.discriminatedUnion('source', [anyPage, bestSellers]);
export type BestSellersQuery = z.infer<typeof bestSellers>;

/** What the stand-in does with a query: a page as it would fetch it, what it would parse, or something broken. */
export type StandInAnswer = { html: string; status?: number } | { parsed: unknown; status?: number } | BrokenAnswer;

export interface OxylabsStandIn {
  readonly url: string;
  /** Addresses of pages asked for so far. */
  readonly asked: URL[];
  /** Lists of best sellers asked for so far. */
  readonly lists: BestSellersQuery[];
  stop(): Promise<void>;
}

export const credentials = { username: 'user', password: 'pass:word' };

/** A server on this computer that answers as Oxylabs' realtime API is documented to. */
export async function startOxylabs(
  page: (url: URL) => StandInAnswer | Promise<StandInAnswer>,
  list: (query: BestSellersQuery) => StandInAnswer = () => ({ http: 400 }),
): Promise<OxylabsStandIn> {
  const asked: URL[] = [];
  const lists: BestSellersQuery[] = [];
  const expected = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  const json = { 'content-type': 'application/json' };
  const { url, stop } = await startStandIn(async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/queries') return void response.writeHead(404).end();
    if (request.headers.authorization !== expected)
      return void response.writeHead(401, json).end('{"message":"Unauthorized"}');
    const parsed = query.safeParse(JSON.parse(await text(request)));
    if (!parsed.success)
      return void response.writeHead(400, json).end(JSON.stringify({ message: parsed.error.message }));
    const given = await answerTo(parsed.data);
    if (sendBroken(response, given)) return;
    const content = 'html' in given ? given.html : given.parsed;
    const results = [{ content, status_code: given.status ?? 200, job_id: '1' }];
    response.writeHead(200, json).end(JSON.stringify({ results }));
  });
  async function answerTo(given: z.infer<typeof query>): Promise<StandInAnswer> {
    if (given.source === 'amazon_bestsellers') {
      lists.push(given);
      return list(given);
    }
    const target = new URL(given.url);
    asked.push(target);
    return page(target);
  }
  return { url, asked, lists, stop };
}
