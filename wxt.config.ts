import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';

/**
 * Which build this is. A store build has neither the fixed key nor any match pattern of a test; a test
 * build marks pages of further origins (`SELLERDEX_EBAY_ORIGINS`, match patterns between commas or spaces).
 */
const isStoreBuild = process.argv.includes('zip');
const testMatches = (process.env['SELLERDEX_EBAY_ORIGINS'] ?? '').split(/[\s,]+/).filter(Boolean);
if (isStoreBuild && testMatches.length > 0) {
  throw new Error('SELLERDEX_EBAY_ORIGINS is for test builds. Unset it before packing store archives.');
}
const kind = isStoreBuild ? 'store-' : testMatches.length > 0 ? 'test-' : '';

/**
 * Public half of a key made for this alone: with it an unpacked build has the same id
 * (djoodhlhkbnklglfogbigpfilgcdabhn) in every folder, so a profile finds its data again.
 */
const UNPACKED_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4SdEt+HZt81eDnXnt4Rv5OuRSMV128RFoh38ljWFezXtgC6DxNGmW6H75N6R4qU/ym7hb2Ue9MW2hpgiDuLzAQ9gL9X1GM49J7tLrjt/WVZlhzlMLfBm1m9zIarCR3k373vurVTkHO4K9DDDGmj/IrP8UKlWZc+yHidNMcHDCEZpEf3ZP14DQQUTy0TgffojB8b0KH2IxiolP4yuxDGJ9UxXcphe3ZejycxmCLA7AAknS2TttMaoqS+eIVVHElH9gg1d6vZ9DSFnYkBHfZ10BO1kxTFITDoSRjsBOLZRt92dRHo0fnggiHR3y6Zs+Ca9X2VD6LKmmQ1FqFfE3bJwQQIDAQAB';

/** The manager's scripts are loaded with its first one, not once that has run. */
function preloadManager(): Plugin {
  return {
    name: 'preload-manager',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((output) => output.type === 'chunk');
        const root = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/manager-root.tsx'));
        if (root === undefined || !html.includes('/options')) return [];
        const wanted = new Set([root.fileName]);
        for (const name of wanted)
          for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) wanted.add(next);
        return [...wanted]
          .filter((name) => !html.includes(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
            injectTo: 'head',
          }));
      },
    },
  };
}

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill', '@wxt-dev/module-react'],
  imports: false,
  manifestVersion: 3,
  outDir: '.output',
  outDirTemplate: `${kind}{{browser}}-mv{{manifestVersion}}{{modeSuffix}}`,
  vite: () => ({ plugins: [tailwindcss(), preloadManager()], build: { target: 'es2023' } }),
  manifest: ({ browser }) => ({
    name: 'Sellerdex',
    description: 'eBay sellers your team knows, flags and collects: on the page and in one list.',
    permissions: ['storage', 'unlimitedStorage', 'alarms', 'notifications'],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'sellerdex@sellerdex.example',
              strict_min_version: '128.0',
              data_collection_permissions: { required: ['authenticationInfo', 'websiteContent'] },
            },
          },
        }
      : { minimum_chrome_version: '123', ...(isStoreBuild ? {} : { key: UNPACKED_KEY }) }),
  }),
  // `npm run dev`: the browser that was found, unless there is no screen to show one on.
  webExt: {
    disabled: process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'],
    ...(process.env['CHROMIUM_PATH'] ? { binaries: { chrome: process.env['CHROMIUM_PATH'] } } : {}),
  },
  hooks: {
    'build:manifestGenerated': (_wxt, manifest) => {
      if (manifest.options_ui) manifest.options_ui.open_in_tab = true;
      for (const script of manifest.content_scripts ?? []) script.matches?.push(...testMatches);
    },
  },
});
