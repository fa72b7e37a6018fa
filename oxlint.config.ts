import { defineConfig } from 'oxlint';

/** Who may import whom inside lib; a layer that is not named in a list is forbidden to its owner. */
const layers: Record<string, readonly string[]> = {
  shared: [],
  domain: ['shared'],
  tables: ['shared', 'domain'],
  protocol: ['shared', 'domain', 'tables'],
  ebay: ['shared', 'domain'],
  messaging: ['shared', 'domain', 'tables', 'protocol'],
  api: ['shared', 'domain', 'tables', 'protocol'],
  store: ['shared', 'domain', 'tables', 'protocol'],
  query: ['shared', 'domain', 'tables', 'protocol', 'store'],
  sync: ['shared', 'domain', 'tables', 'protocol', 'messaging', 'store', 'api'],
  transfer: ['shared', 'domain', 'tables', 'protocol', 'store', 'query', 'api'],
};
/** Layers that run in the page, the worker, the overlay and the server alike. */
const everywhere = ['shared', 'domain', 'tables', 'protocol', 'ebay'];
const allLayers = [...Object.keys(layers), 'platform'];

interface Ban {
  group: string[];
  message: string;
}
const ban = (...patterns: Ban[]) => ({ 'no-restricted-imports': ['error', { patterns }] as ['error', unknown] });
const layersExcept = (allowed: readonly string[]) =>
  allLayers.filter((name) => !allowed.includes(name)).map((name) => `#lib/${name}/*`);

const aboveLib: Ban = {
  group: ['#components/*', '#server/*', '#bench/*', '#tests/*'],
  message: 'lib is below components and server: move the shared part into lib, or take it as a parameter.',
};
const platformOnly: Ban = {
  group: ['wxt/browser', 'webextension-polyfill'],
  message: 'browser.* belongs to entrypoints, lib/messaging and lib/platform: add a thin file there and pass it in.',
};
const noEnvironment: Ban = {
  group: ['dexie', 'react', 'react-dom', 'wxt', 'wxt/*', 'webextension-polyfill', 'node:*', 'hono', 'kysely'],
  message: 'This layer runs everywhere and knows no Dexie, React, browser or Node: take what it needs as a parameter.',
};
const outsideExtension: Ban = {
  group: ['#server/*', '#bench/*', '#tests/*'],
  message: 'The extension reaches the server by HTTP: share types through lib/protocol.',
};

const libRules = Object.entries(layers).map(([name, allowed]) => ({
  files: [`lib/${name}/**`],
  rules: ban(
    aboveLib,
    {
      group: layersExcept([name, ...allowed]),
      message: `lib/${name} may import ${allowed.map((layer) => `lib/${layer}`).join(', ') || 'no other layer'}: move the shared part down, or take it as a parameter.`,
    },
    ...(everywhere.includes(name) ? [noEnvironment] : name === 'messaging' ? [] : [platformOnly]),
  ),
}));

export default defineConfig({
  plugins: ['eslint', 'typescript', 'import', 'oxc', 'unicorn', 'react'],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error' },
  ignorePatterns: ['.output/**', '.wxt/**', '.data/**'],
  rules: {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-empty': 'error',
    'no-eval': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    // The compiler checks this too, and knows what a `?worker` import is.
    'import/default': 'off',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'react/exhaustive-deps': 'error',
    // Rules of the React compiler, which is not used here.
    'react/incompatible-library': 'off',
    'react/purity': 'off',
    'react/set-state-in-effect': 'off',
    'react/rules-of-hooks': 'error',
    'typescript/await-thenable': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/only-throw-error': 'error',
    // Objects come from factories and have no `this`; what is unknown is turned to text for people only.
    'typescript/no-base-to-string': 'off',
    'typescript/unbound-method': 'off',
    'unicorn/no-abusive-eslint-disable': 'error',
  },
  overrides: [
    ...libRules,
    {
      files: ['lib/platform/**'],
      // A listener may answer with a promise or with nothing; the browser's types allow one form each.
      rules: {
        ...ban(aboveLib),
        'typescript/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      },
    },
    { files: ['components/**'], rules: ban(outsideExtension, platformOnly) },
    {
      files: ['components/grid/**'],
      rules: ban(outsideExtension, platformOnly, {
        group: [...layersExcept(['shared']), '#components/sellers/*', '#components/runs/*'],
        message: 'The grid knows no sellers: pass columns and rows in as props.',
      }),
    },
    {
      files: ['components/ui/**'],
      rules: ban(outsideExtension, platformOnly, {
        group: layersExcept(['shared', 'domain']),
        message: 'Primitives know no data: pass it in as props.',
      }),
    },
    { files: ['entrypoints/**'], rules: ban(outsideExtension) },
    {
      files: ['entrypoints/ebay.content/**'],
      rules: ban(
        outsideExtension,
        {
          group: ['zod', 'zod/*', 'react', 'react-dom', 'dexie'],
          message: 'The overlay is plain DOM: zod alone is as large as its whole budget.',
        },
        {
          group: [...layersExcept(['messaging', 'ebay', 'domain', 'shared']), '#components/*'],
          message: 'The overlay imports lib/messaging, ebay, domain and shared: ask the background by a message.',
        },
      ),
    },
    {
      files: ['server/**'],
      rules: ban({
        group: [...layersExcept(everywhere), '#components/*', '#bench/*'],
        message: 'The server imports lib/shared, domain, tables, protocol and ebay: move what both sides need there.',
      }),
    },
    { files: ['lib/**', 'components/**', 'entrypoints/**'], rules: { 'no-console': 'error' } },
    // `use…` is a hook where React is; elsewhere it is a verb.
    { files: ['lib/**', 'server/**', 'tests/**'], rules: { 'react/rules-of-hooks': 'off' } },
    {
      files: ['**/*.test.ts', '**/*.test.tsx'],
      rules: {
        'no-restricted-imports': 'off',
        'typescript/await-thenable': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/require-array-sort-compare': 'off',
      },
    },
    {
      // They run before any package is there, so they are plain JavaScript.
      files: ['scripts/*.mjs'],
      rules: {
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    { files: ['*.config.ts', 'entrypoints/**'], rules: { 'import/no-default-export': 'off' } },
  ],
});
