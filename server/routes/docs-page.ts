interface Operation {
  summary?: string;
  description?: string;
  parameters?: unknown;
  requestBody?: unknown;
  responses?: unknown;
}

interface Document {
  info: { title: string; version: string; description?: string };
  paths?: Record<string, object>;
}

/** The OpenAPI document as one page of HTML, without scripts. */
export function docsPage(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => section(method, path, operation)),
  );
  const { title, version, description = '' } = document.info;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)} API</title><style>${style}</style>
<h1>${escape(title)} API ${escape(version)}</h1><p>${escape(description)}</p>
<p>As a document for programs: <a href="/openapi.json">/openapi.json</a></p>
${operations.join('\n')}</html>`;
}

function section(method: string, path: string, operation: Operation): string {
  const { summary = '', description = '', parameters, requestBody, responses } = operation;
  return `<details><summary><b>${escape(method.toUpperCase())}</b> <code>${escape(path)}</code> ${escape(summary)}</summary>
<p>${escape(description)}</p>${part('Parameters', parameters)}${part('Body', requestBody)}${part('Answers', responses)}</details>`;
}

function part(title: string, value: unknown): string {
  if (value === undefined) return '';
  return `<h2>${title}</h2><pre>${escape(JSON.stringify(value, null, 1))}</pre>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `body{font:14px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}
summary{padding:.25rem 0;cursor:pointer}h2{font-size:1em}pre{overflow:auto;max-height:24rem;padding:.5rem;border:1px solid #8886}`;
