import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** eBay's published OpenAPI document of the Browse API, beside the checkout where it is. */
const file = join(process.cwd(), '../shared/contracts/buy_browse_v1_oas3.v1.20.4.json');

const parameter = z.object({ name: z.string(), in: z.enum(['query', 'header']), required: z.boolean().default(false) });
const answerCodes = z.object({
  'x-response-codes': z.object({ errors: z.record(z.string(), z.unknown()) }).optional(),
});
const documentShape = z.object({
  servers: z.array(z.object({ variables: z.object({ basePath: z.object({ default: z.string() }) }) })).min(1),
  paths: z.object({
    '/item_summary/search': z.object({
      get: z.object({ parameters: z.array(parameter), responses: z.record(z.string(), answerCodes) }),
    }),
  }),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

export interface BrowseContract {
  /** What is wrong with a request by the document; nothing for a good one. */
  problems(url: URL, headers: Readonly<Record<string, unknown>>): string[];
  /** What a search answers. */
  readonly answer: z.ZodType;
  /** The errors and warnings that a search may answer with a status. */
  errorIds(status: number): number[];
}

/** The contract, or null where the document is not there. */
export function loadBrowseContract(): BrowseContract | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const { paths, servers, components } = documentShape.parse(JSON.parse(text));
  const { parameters, responses } = paths['/item_summary/search'].get;
  const path = `${servers[0]?.variables.basePath.default}/item_summary/search`;
  const named = (where: 'query' | 'header') => parameters.filter((each) => each.in === where).map(({ name }) => name);
  const headersKnown = named('header').map((name) => name.toLowerCase());
  return {
    problems(url, headers) {
      const given = [...url.searchParams.keys()];
      const custom = Object.keys(headers).filter((name) => name.startsWith('x-'));
      return [
        ...(url.pathname === path ? [] : [`the path is not ${path}`]),
        ...given.filter((name) => !named('query').includes(name)).map((name) => `no parameter ${name}`),
        ...given.filter((name, at) => given.indexOf(name) !== at).map((name) => `${name} twice`),
        ...custom.filter((name) => !headersKnown.includes(name)).map((name) => `no header ${name}`),
        ...parameters
          .filter((each) => each.required && each.in === 'query' && !given.includes(each.name))
          .map((each) => `${each.name} is missing`),
      ];
    },
    answer: z.fromJSONSchema({ $ref: '#/$defs/SearchPagedCollection', $defs: definitions(components.schemas) }),
    errorIds: (status) => Object.keys(responses[status]?.['x-response-codes']?.errors ?? {}).map(Number),
  };
}

function definitions(schemas: Record<string, unknown>): Record<string, never> {
  const text = JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/');
  return z.record(z.string(), z.custom<never>()).parse(JSON.parse(text));
}
