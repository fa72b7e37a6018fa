import { z } from 'zod';
import type { BrokenAnswer } from './start-stand-in.ts';
import { sendBroken, startStandIn } from './start-stand-in.ts';

const parameters = z.strictObject({
  category: z.string().regex(/^[a-z-]+(?:\/\d+)?$/),
  type: z.enum(['BEST_SELLERS', 'GIFT_IDEAS', 'MOST_WISHED_FOR', 'MOVERS_AND_SHAKERS', 'NEW_RELEASES']),
  page: z.string().regex(/^\d+$/),
  country: z.enum(['US', 'GB', 'DE']),
});
export type RapidApiQuery = z.infer<typeof parameters>;

export const rapidApiKey = 'a-key-of-rapidapi';

/** A server on this computer that answers as “Real-Time Amazon Data” is documented to. */
export async function startRapidApi(answer: (query: RapidApiQuery) => { best_sellers: unknown[] } | BrokenAnswer) {
  const queries: RapidApiQuery[] = [];
  const json = { 'content-type': 'application/json' };
  const { url, stop } = await startStandIn((request, response) => {
    const asked = new URL(request.url ?? '', 'http://stand-in');
    if (request.method !== 'GET' || asked.pathname !== '/best-sellers') return void response.writeHead(404).end();
    if (request.headers['x-rapidapi-key'] !== rapidApiKey)
      return void response.writeHead(401, json).end('{"message":"Invalid API key."}');
    // The gateway chooses the API by this header.
    if (request.headers['x-rapidapi-host'] !== 'real-time-amazon-data.p.rapidapi.com')
      return void response.writeHead(403, json).end('{"message":"You are not subscribed to this API."}');
    const parsed = parameters.safeParse(Object.fromEntries(asked.searchParams));
    if (!parsed.success) return void response.writeHead(400, json).end('{"status":"ERROR","request_id":"1"}');
    queries.push(parsed.data);
    const given = answer(parsed.data);
    if (sendBroken(response, given)) return;
    const data = { ...given, country: parsed.data.country, domain: 'www.amazon.com' };
    response.writeHead(200, json).end(JSON.stringify({ status: 'OK', request_id: '1', parameters: parsed.data, data }));
  });
  return { url, queries, stop };
}
