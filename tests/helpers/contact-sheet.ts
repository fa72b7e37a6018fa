import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictureOf, SCREENSHOTS } from './screen-pictures.ts';
import { screens } from './screens.ts';

/** Writes, after all tests, the page that shows every picture of a screen; those of screens that are no more go. */
export function setup(): () => void {
  return () => {
    if (!existsSync(SCREENSHOTS)) return;
    const files = readdirSync(SCREENSHOTS).filter((file) => file.endsWith('.png'));
    const figures = screens.map((name) => {
      const own = files.filter((file) => file.startsWith(`${pictureOf(name)}.`));
      return `<h2>${name}</h2>\n${own.map((file) => `<img loading="lazy" src="${file}" alt="${file}">`).join('\n')}`;
    });
    const known = new Set(screens.map(pictureOf));
    for (const file of files) if (!known.has(file.split('.')[0] ?? '')) rmSync(join(SCREENSHOTS, file));
    writeFileSync(join(SCREENSHOTS, 'index.html'), `${HEAD}\n${figures.join('\n')}\n`);
  };
}

const HEAD = `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{background:#888;font:14px system-ui;margin:16px}img{height:400px;margin:4px}</style>`;
