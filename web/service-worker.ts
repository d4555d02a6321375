/// <reference types="@sveltejs/kit" />
/**
 * Keeps the whole app on the device, so that every address opens without a server after one visit. One cache a
 * version; a new version waits until the page asks for it.
 */
import { version } from '$app/env';
import { assets, immutable } from '$app/manifest';
import { self as worker } from '$app/service-worker';

const cacheName = `larder-${version}`;
const shell = '/';
const pathOf = (entry: string | { readonly path: string }): string => {
  const path = typeof entry === 'string' ? entry : entry.path;
  return path.startsWith('/') ? path : `/${path}`;
};
const files = new Set([...immutable, ...assets].map(pathOf).filter((path) => !path.startsWith('/.')));

/** Not yet in every browser, nor in TypeScript's list. */
interface RoutedInstall extends ExtendableEvent {
  addRoutes?(route: {
    readonly condition: { readonly urlPattern: { readonly pathname: string } };
    readonly source: { readonly cacheName: string };
  }): Promise<void>;
}

worker.addEventListener('install', (event) => {
  // The browser itself answers for the app's files where it can: a hundred of them need not pass through here.
  void (event as RoutedInstall).addRoutes?.({
    condition: { urlPattern: { pathname: '/_app/immutable/*' } },
    source: { cacheName },
  });
  event.waitUntil(
    caches.open(cacheName).then(async (cache) => {
      // The shell names files of its own version, so it is fetched past every cache.
      await cache.put(shell, await fetch(shell, { cache: 'reload' }));
      await cache.addAll([...files]);
    }),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('larder-') && name !== cacheName) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || isServers(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(fromCache(shell, request));
  else if (files.has(url.pathname)) event.respondWith(fromCache(url.pathname, request));
});

/** Answers of the server itself are never kept here; `/trust` and `/health` are its own pages. */
const isServers = (path: string): boolean => /^\/(api|sync|health|trust|overlay)(\/|$)/.test(path);

let opened: Promise<Cache> | undefined;

const fromCache = async (key: string, request: Request): Promise<Response> => {
  const cache = await (opened ??= caches.open(cacheName));
  return (await cache.match(key)) ?? fetch(request);
};
