import { readFileSync } from 'node:fs';

/** `name version` of installed packages. */
export function packageVersions(...names: readonly string[]): string[] {
  return names.map((name) => {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
    return `${name} ${version}`;
  });
}
