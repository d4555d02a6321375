import { readdirSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/**
 * Kit's root component hides its route announcer with a style attribute, which `style-src 'self'` forbids; the same
 * rules stand in web/controls/base.css. Fails loudly when kit changes the component.
 */
const announcerWithoutInlineStyle: Plugin = {
  name: 'announcer-without-inline-style',
  enforce: 'pre',
  transform(code, id) {
    if (!id.split('?')[0]?.endsWith('/kit/src/runtime/components/root.svelte')) return null;
    const clean = code.replace(/(id="svelte-announcer"[^>]*?)\s+style="[^"]*"/, '$1');
    if (clean === code) this.error('kit no longer styles its announcer inline: remove this plugin');
    return { code: clean, map: null };
  },
};

/** Tells the server which addresses are screens: every folder of web/routes with a page, `/[workspace]/today`. */
const addressList: Plugin = {
  name: 'address-list',
  applyToEnvironment: ({ name }) => name === 'client',
  generateBundle() {
    const pages = readdirSync('web/routes', { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /(^|\/)\+page\.[a-z]+$/.test(path));
    const addresses = pages.map((path) => `/${dirname(path).replace(/^\.$/, '')}`).sort();
    this.emitFile({ type: 'asset', fileName: 'addresses.json', source: JSON.stringify([...new Set(addresses)]) });
  },
};

export default defineConfig({
  plugins: [
    announcerWithoutInlineStyle,
    addressList,
    sveltekit({
      adapter: adapter({ fallback: 'index.html', precompress: true }),
      files: { src: 'web', assets: 'web/static' },
      serviceWorker: { register: false },
      csp: { mode: 'hash', directives: { 'script-src': ['self', 'wasm-unsafe-eval'] } },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // What every screen needs is two files: a hundred small ones were half of a cold start.
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: {
        codeSplitting: {
          groups: [
            // Kit's entry sets it before it loads anything that reads it: all that the entry itself needs stands apart.
            { name: 'entry', test: /kit\/src\/runtime\/client\/payload\.js|vite\/preload-helper/, priority: 3 },
            { name: 'frame', test: /web\/routes\/\+layout\.svelte/, priority: 2 },
            { name: 'workspace', test: /web\/routes\/\[workspace\]\/\+layout\.svelte/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      // Written out: the short form rewrites Host, and the server then refuses a foreign Origin.
      '/api': { target: 'http://127.0.0.1:4747' },
      '/sync': { target: 'ws://127.0.0.1:4747', ws: true },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          maxWorkers: 2,
          include: ['tests/{core,sync-server,convergence,golden,river,architecture,scripts}/**/*.test.ts'],
          exclude: ['tests/**/*.databases.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'databases',
          environment: 'node',
          include: ['tests/sync-server/**/*.databases.test.ts'],
          globalSetup: ['scripts/databases.js'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        resolve: { conditions: ['browser'] },
        // Found while a test runs, a dependency reloads the page under it: on a fresh machine that test fails.
        optimizeDeps: {
          // Everything the browser may load: one found in the middle of a run reloads the page under a test.
          include: [
            'axe-core',
            'chart.js',
            'dexie',
            'fflate',
            'fractional-indexing',
            'lib0/decoding',
            'lib0/encoding',
            'lib0/indexeddb',
            'minisearch',
            'pinyin-pro',
            'read-excel-file/universal',
            'uqr',
            'y-indexeddb',
            'y-protocols/awareness',
            'y-websocket',
            'yjs',
          ],
          noDiscovery: true,
        },
        test: {
          name: 'browser',
          include: ['tests/web/**/*.test.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              contextOptions: { locale: 'zh-CN' },
              launchOptions: {
                executablePath: chromium,
                args: [
                  '--no-sandbox',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'end-to-end',
          environment: 'node',
          include: ['tests/end-to-end/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Two at a time: each waits for its own browser and server for most of its time.
          maxWorkers: 2,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
