/** The trust page and the authority's certificate. */
import { Hono } from 'hono';
import { trustStyle } from './trust-page.data.ts';
import { renderTrustPage } from './trust-page.ts';

export interface TrustDeps {
  readonly authority: { readonly der: Uint8Array<ArrayBuffer>; readonly fingerprint: string };
  /** `192.168.1.5:4747`: where other devices find this machine. */
  networkHost(): string;
}

const policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export const createTrustRoutes = ({ authority, networkHost }: TrustDeps): Hono => {
  const routes = new Hono();
  routes.get('/trust', (context) => {
    const asked = context.req.query('language') ?? context.req.header('accept-language') ?? '';
    context.header('Content-Security-Policy', policy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    return context.html(
      renderTrustPage({
        language: /^en\b/i.test(asked) ? 'en' : 'zh-CN',
        pageAddress: `http://${networkHost()}/trust`,
        appAddress: `https://${networkHost()}/`,
        fingerprint: authority.fingerprint,
      }),
    );
  });
  routes.get('/trust/style.css', (context) => {
    context.header('Content-Type', 'text/css; charset=utf-8');
    return context.body(trustStyle);
  });
  routes.get('/trust/larder-ca.crt', (context) => {
    // The type by which iPadOS offers to install it.
    context.header('Content-Type', 'application/x-x509-ca-cert');
    context.header('Content-Disposition', 'attachment; filename="larder-ca.crt"');
    return context.body(authority.der);
  });
  return routes;
};

/** All that plain HTTP from another device gets: the trust page, wherever it asks. */
export const createTrustOnly = (deps: TrustDeps): Hono => {
  const routes = new Hono();
  routes.route('/', createTrustRoutes(deps));
  routes.get('/', (context) => context.redirect('/trust', 302));
  routes.notFound((context) => context.text('HTTPS only', 403));
  return routes;
};

/** With a certificate that devices trust already: the same address over HTTPS. */
export const createHttpsOnly = (): Hono => {
  const routes = new Hono();
  routes.get('*', (context) => {
    const host = context.req.header('host') ?? '';
    if (!/^[\w.:[\]-]+$/.test(host)) return context.text('HTTPS only', 403);
    return context.redirect(`https://${host}${context.req.path}`, 308);
  });
  routes.notFound((context) => context.text('HTTPS only', 403));
  return routes;
};
