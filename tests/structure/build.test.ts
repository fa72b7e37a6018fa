import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildExtension } from '#scripts/build-extension.ts';

const manifestShape = z.object({
  permissions: z.array(z.string()),
  host_permissions: z.array(z.string()).default([]),
  content_security_policy: z.unknown().optional(),
  options_ui: z.object({ page: z.string(), open_in_tab: z.boolean() }),
  content_scripts: z.array(z.object({ matches: z.array(z.string()), js: z.array(z.string()) })),
});

const filesIn = (folder: string, pattern = '**/*') =>
  globSync(pattern, { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
const hashesOf = (folder: string) =>
  filesIn(folder).map(
    (file) =>
      `${file} ${createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex')}`,
  );
const gzipped = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length;

describe.each(['chrome', 'firefox'] as const)('the %s build', (browser) => {
  let folder = '';
  beforeAll(async () => {
    folder = await buildExtension({ browser, always: true });
  });
  const readManifest = () => manifestShape.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));

  test('asks for no more than it needs', () => {
    const manifest = readManifest();
    expect(manifest.permissions.sort()).toEqual(['alarms', 'notifications', 'storage', 'unlimitedStorage']);
    expect(manifest.host_permissions).toEqual([]);
    expect(manifest.content_security_policy).toBeUndefined();
    expect(manifest.options_ui).toEqual({ page: 'options.html', open_in_tab: true });
  });

  test('marks pages of eBay alone', () => {
    const matches = readManifest().content_scripts.flatMap((script) => script.matches);
    expect(matches.length).toBeGreaterThan(0);
    expect(matches.filter((match) => !/^(?:https|\*):\/\/(?:\*\.|www\.)?ebay\.[a-z.]+\//.test(match))).toEqual([]);
  });

  test('keeps to its sizes', () => {
    const kilobytes = (pattern: string) =>
      filesIn(folder, pattern).reduce((sum, file) => sum + gzipped(join(folder, file)), 0) / 1000;
    expect(kilobytes('content-scripts/*.js'), 'overlay, kB gzipped').toBeLessThanOrEqual(25);
    expect(kilobytes('background.js'), 'background, kB gzipped').toBeLessThanOrEqual(120);
    expect(kilobytes('**/*.js'), 'all scripts, kB gzipped').toBeLessThanOrEqual(600);
    expect(kilobytes('**/*'), 'everything, kB gzipped').toBeLessThanOrEqual(900);
  });

  test('has no schemas in the overlay and no text of a test build', () => {
    for (const file of globSync('content-scripts/*.js', { cwd: folder })) {
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/ZodError|_zod\b/);
    }
    for (const file of filesIn(folder).filter((name) => /\.(?:js|html|css)$/.test(name))) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text, relative('.', join(folder, file))).not.toMatch(/https?:\/\/(?:cdn|unpkg|fonts)\./);
    }
  });

  test('comes out the same twice', async () => {
    const first = hashesOf(folder);
    await buildExtension({ browser, always: true });
    expect(hashesOf(folder)).toEqual(first);
  });
});

test('store archives are refused while a test build is asked for', () => {
  const env = { ...process.env, SELLERDEX_EBAY_ORIGINS: 'http://127.0.0.1/*' };
  const pack = () => execFileSync('wxt', ['zip', '-b', 'chrome'], { env, encoding: 'utf8', stdio: 'pipe' });
  expect(pack).toThrow(/SELLERDEX_EBAY_ORIGINS is for test builds/);
});
