/**
 * The whole HTTP side: who is calling, body limits, the route modules, the built app; and the one place where a
 * failure's kind becomes a status.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ReadCaller } from './access/caller.ts';
import type { Failure, RequestContext } from './access/request-context.ts';
import type { RouteModule } from './access/route-module.ts';
import type { BuiltFiles } from './pages/built-files.ts';
import { isStorageFull } from './storage/is-storage-full.ts';
import { createPageRoutes } from './pages/pages.routes.ts';
import { inertPolicy, plainHeaders } from './pages/security-headers.ts';

export interface ApplicationDeps {
  readonly readCaller: ReadCaller;
  readonly routes: readonly RouteModule[];
  readonly files: BuiltFiles;
  /** A failure nobody expected; its text is for the administrator and never for the caller. */
  report(kind: string, detail: string): void;
}

/** What @hono/node-server hands in; tests hand in the same. */
export interface ApplicationBindings {
  readonly incoming?: {
    readonly socket: { readonly remoteAddress?: string | undefined; readonly encrypted?: boolean };
  };
}

const statusByKind: Readonly<Record<string, ContentfulStatusCode>> = {
  'bad-request': 400,
  'not-json': 400,
  'no-events': 400,
  'hash-mismatch': 400,
  'signed-out': 401,
  'bad-signature': 401,
  'no-secret': 401,
  'wrong-secret': 401,
  'foreign-origin': 403,
  'loopback-only': 403,
  'not-allowed': 403,
  'belongs-elsewhere': 403,
  'not-found': 404,
  'unknown-workspace': 404,
  'unknown-room': 404,
  'unknown-claim': 404,
  'unknown-invitation': 404,
  'unknown-passkey': 401,
  'unknown-blob': 404,
  'unknown-version': 404,
  'last-owner': 409,
  'signed-in': 409,
  'already-member': 409,
  'workspace-exists': 409,
  conflict: 409,
  'not-near': 409,
  'already-ended': 409,
  'no-products': 409,
  'too-large': 413,
  'range-outside': 416,
  'foreign-host': 421,
  'too-many-attempts': 429,
  unexpected: 500,
  'not-built': 503,
  'room-unavailable': 503,
  'storage-full': 503,
  'storage-unavailable': 503,
  'data-damaged': 503,
};

/** Kinds that no row above names are refusals of what was sent. */
const statusOf = ({ kind }: Failure): ContentfulStatusCode => statusByKind[kind] ?? 422;

const usualBodyBytes = 64 * 1024;

export const createApplication = (deps: ApplicationDeps): Hono<RequestContext & { Bindings: ApplicationBindings }> => {
  const application = new Hono<RequestContext & { Bindings: ApplicationBindings }>();
  const refuse = (failure: Failure): Response =>
    new Response(JSON.stringify({ error: failure }), {
      status: statusOf(failure),
      headers: {
        'Content-Type': 'application/json',
        ...(failure.kind === 'too-many-attempts' ? { 'Retry-After': '60' } : {}),
        // What is left of the body is not read.
        ...(failure.kind === 'too-large' ? { Connection: 'close' } : {}),
      },
    });

  const selfProving = deps.routes.flatMap(({ withoutOrigin }) => withoutOrigin ?? []);
  application.use(async (context, next) => {
    const { incoming } = context.env ?? {};
    const caller = await deps.readCaller({
      method: context.req.method,
      header: (name) => context.req.header(name),
      remoteAddress: incoming?.socket.remoteAddress ?? '',
      isEncrypted: incoming?.socket.encrypted ?? false,
      isUpgrade: false,
      provesItself: selfProving.some((path) => path.test(context.req.path)),
    });
    if (caller.ok) {
      const { session, address, isLoopback, isSecure, origin } = caller.value;
      context.set('session', session);
      context.set('address', address);
      context.set('isLoopback', isLoopback);
      context.set('isSecure', isSecure);
      context.set('origin', origin);
      context.set('refuse', refuse);
      context.set('answer', (result) => (result.ok ? context.json(result.value ?? {}) : refuse(result.error)));
      await next();
    } else context.res = refuse(caller.error);
    for (const [name, value] of Object.entries(plainHeaders)) context.res.headers.set(name, value);
    if (!context.res.headers.has('Content-Security-Policy'))
      context.res.headers.set('Content-Security-Policy', inertPolicy);
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store');
  });

  const limits = deps.routes.flatMap(({ bodyLimits }) => bodyLimits ?? []);
  application.use('/api/*', (context, next) =>
    bodyLimit({
      maxSize: limits.find(({ path }) => path.test(context.req.path))?.bytes ?? usualBodyBytes,
      onError: () => refuse({ kind: 'too-large' }),
    })(context, next),
  );
  for (const { routes } of deps.routes) application.route('/', routes);
  application.all('/api/*', () => refuse({ kind: 'not-found' }));
  application.route('/', createPageRoutes(deps));
  application.notFound(() => refuse({ kind: 'not-found' }));
  application.onError((error) => {
    const kind = (error as { kind?: unknown }).kind;
    if (kind === 'room-unavailable') return refuse({ kind });
    if (isStorageFull(error)) return refuse({ kind: 'storage-full' });
    deps.report('unexpected', error.stack ?? String(error));
    return refuse({ kind: 'unexpected' });
  });
  return application;
};
