import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { loadBrowseContract } from './browse-contract.ts';
import type { BrokenAnswer } from './start-stand-in.ts';
import { sendBroken, startStandIn } from './start-stand-in.ts';

export const ebayKeys = { clientId: 'Seller-dex-PRD-1', clientSecret: 'PRD-a:secret' };

export interface EbayApiOptions {
  /** The results of a search; the stand-in adds paging, and looks at the request before it asks. */
  search: (url: URL) => { itemSummaries?: unknown[]; total: number; warnings?: unknown[] } | BrokenAnswer;
  /** Seconds that a token is good for. */
  expiresIn?: number;
  token?: () => BrokenAnswer | null;
}

export interface EbayApiStandIn {
  readonly url: string;
  readonly searches: URL[];
  readonly marketplaces: string[];
  /** Tokens given so far. */
  tokens(): number;
  /** From now on the tokens given so far are refused. */
  endTokens(): void;
  stop(): Promise<void>;
}

const json = { 'content-type': 'application/json' };
const contract = loadBrowseContract();

/**
 * A server on this computer that answers as eBay's identity and Browse APIs are documented to. Requests
 * that their OpenAPI document does not know are refused, where the document is there.
 */
export async function startEbayApi(options: EbayApiOptions): Promise<EbayApiStandIn> {
  const searches: URL[] = [];
  const marketplaces: string[] = [];
  let tokens = 0;
  let firstGood = 1;

  async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const broken = options.token?.() ?? null;
    if (broken && sendBroken(response, broken)) return;
    const basic = `Basic ${Buffer.from(`${ebayKeys.clientId}:${ebayKeys.clientSecret}`).toString('base64')}`;
    if (request.headers.authorization !== basic)
      return void response.writeHead(401, json).end('{"error":"invalid_client"}');
    const form = new URLSearchParams(await text(request));
    if (form.get('grant_type') !== 'client_credentials')
      return void response.writeHead(400, json).end('{"error":"unsupported_grant_type"}');
    if (form.get('scope') !== 'https://api.ebay.com/oauth/api_scope')
      return void response.writeHead(400, json).end('{"error":"invalid_scope"}');
    tokens += 1;
    const body = {
      access_token: `v^1.1#i^1#t${tokens}`,
      expires_in: options.expiresIn ?? 7200,
      token_type: 'Application Access Token',
    };
    response.writeHead(200, json).end(JSON.stringify(body));
  }

  function search(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const fail = (status: number, errorId: number, message: string): void => {
      response.writeHead(status, json).end(JSON.stringify({ errors: [{ errorId, domain: 'API_BROWSE', message }] }));
    };
    const token = /^Bearer v\^1\.1#i\^1#t(\d+)$/.exec(request.headers.authorization ?? '');
    if (!token || Number(token[1]) < firstGood) return fail(401, 1001, 'Invalid access token');
    const problems = contract?.problems(url, request.headers) ?? [];
    if (problems.length > 0) return fail(400, 12_001, problems.join(', '));
    searches.push(url);
    const marketplace = request.headers['x-ebay-c-marketplace-id'];
    marketplaces.push(String(marketplace));
    if (!/^EBAY_[A-Z]{2}$/.test(String(marketplace))) return fail(409, 12_019, 'The marketplace is not supported.');
    const given = url.searchParams;
    const q = given.get('q') ?? '';
    if (q === '' || q.length > 100 || q.includes('*')) return fail(400, 12_001, 'The call must have a valid q.');
    const limit = Number(given.get('limit') ?? 50);
    const offset = Number(given.get('offset') ?? 0);
    if (!(limit >= 1 && limit <= 200)) return fail(400, 12_006, 'The limit should be between 1 and 200.');
    if (offset % limit !== 0 || offset >= 10_000) return fail(400, 12_029, 'The offset is not valid.');
    const answer = options.search(url);
    if (sendBroken(response, answer)) return;
    const { total, itemSummaries, warnings = [] } = answer;
    const bad = badFilters(given.get('filter') ?? '');
    const next = offset + limit < Math.min(total, 10_000) ? nextPage(url, offset + limit) : undefined;
    const said = [...warnings, ...bad.map((name) => ({ errorId: 12_002, message: `The ${name} value is invalid.` }))];
    const body = {
      href: url.href,
      total,
      limit,
      offset,
      next,
      itemSummaries,
      ...(said.length > 0 && { warnings: said }),
    };
    response.writeHead(200, json).end(JSON.stringify(body));
  }

  const { url: origin, stop } = await startStandIn((request, response) => {
    const url = new URL(request.url ?? '', origin);
    if (request.method === 'POST' && url.pathname === '/identity/v1/oauth2/token') return giveToken(request, response);
    if (request.method === 'GET' && url.pathname === '/buy/browse/v1/item_summary/search')
      return search(url, request, response);
    response.writeHead(404).end();
  });
  return {
    url: origin,
    searches,
    marketplaces,
    tokens: () => tokens,
    endTokens: () => (firstGood = tokens + 1),
    stop,
  };
}

function nextPage(url: URL, offset: number): string {
  const next = new URL(url);
  next.searchParams.set('offset', String(offset));
  return next.href;
}

const filterForms: Readonly<Record<string, RegExp>> = {
  buyingOptions: /^\{(?:FIXED_PRICE|AUCTION|BEST_OFFER)(?:\|(?:FIXED_PRICE|AUCTION|BEST_OFFER))*\}$/,
  conditionIds: /^\{\d{4}(?:\|\d{4})*\}$/,
  itemLocationCountry: /^[A-Z]{2}$/,
  maxDeliveryCost: /^0$/,
  price: /^\[\d+(?:\.\d+)?\.\.\d+(?:\.\d+)?\]$/,
  priceCurrency: /^[A-Z]{3}$/,
};

/** Names of filters that eBay would warn of: unknown ones, values of another form, a price without its currency. */
function badFilters(filter: string): string[] {
  const parts = filter === '' ? [] : filter.split(',').map((part) => part.split(/:(.*)/s));
  const names = parts.map(([name = '']) => name);
  const wrong = parts.filter(([name = '', value = '']) => filterForms[name]?.test(value) !== true);
  const halves = names.includes('price') === names.includes('priceCurrency') ? [] : ['price'];
  return [...wrong.map(([name = '']) => name), ...halves];
}
