import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ fallback: 'index.html', precompress: true }),
      files: { src: 'web', assets: 'web/static' },
      serviceWorker: { register: false },
      csp: { mode: 'hash', directives: { 'script-src': ['self', 'wasm-unsafe-eval'] } },
    }),
  ],
  worker: { format: 'es' },
  build: { target: 'es2023' },
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
          include: ['tests/{core,sync-server,convergence,golden,river,architecture,scripts}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        resolve: { conditions: ['browser'] },
        test: {
          name: 'browser',
          include: ['tests/web/**/*.test.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
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
          fileParallelism: false,
        },
      },
    ],
  },
});
