import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const code = '{entrypoints,components,lib,server,scripts,bench,tests}/**/*.{ts,tsx,mjs,css,html,sql}';
const rootCode = '*.{ts,mjs}';

export interface Import {
  /** Path of a file of the project, or the name of a package. */
  readonly target: string;
  /** True when only types are taken, so nothing is left of it when it runs. */
  readonly typeOnly: boolean;
}

/** Every file of code in the project, by paths with `/` from its root. */
export function listSourceFiles(): string[] {
  return [...globSync(code), ...globSync(rootCode)].map((file) => file.replaceAll('\\', '/')).sort();
}

export function readSource(file: string): string {
  return readFileSync(file, 'utf8');
}

const importPattern =
  /^\s*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** What a file imports or re-exports, with aliases and relative paths resolved. */
export function importsOf(file: string, source = readSource(file)): Import[] {
  return [...source.matchAll(importPattern)].map(([, type, from, dynamic]) => ({
    target: resolve(file, from ?? dynamic ?? ''),
    typeOnly: type !== undefined,
  }));
}

function resolve(file: string, specifier: string): string {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('#')) return path.slice(1);
  if (path.startsWith('.')) return normalize(join(dirname(file), path)).replaceAll('\\', '/');
  return path;
}
