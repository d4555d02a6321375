/** The built app: files as they are, and the one shell for every address of a screen. */
import { Hono } from 'hono';
import type { BuiltFiles } from './built-files.ts';
import { shellPolicy } from './security-headers.ts';

/** What pages need of the request's variables; declared here because pages know nothing of access. */
interface PageContext {
  Variables: { readonly origin: string; refuse(failure: { readonly kind: string }): Response };
}

export const createPageRoutes = ({ files }: { readonly files: BuiltFiles }): Hono<PageContext> => {
  const routes = new Hono<PageContext>();

  routes.on(['GET', 'HEAD'], '*', async (context) => {
    const { path } = context.req;
    const { origin, refuse } = context.var;
    const file =
      path === '/' || path === '/index.html'
        ? null
        : await files.find(path, context.req.header('accept-encoding') ?? '');
    if (file) {
      const isImmutable = path.startsWith('/_app/immutable/');
      context.header('Cache-Control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      context.header('Vary', 'Accept-Encoding');
      context.header('ETag', file.etag);
      if (context.req.header('if-none-match') === file.etag) return context.body(null, 304);
      // A worker lives under the policy of its own script, not of the page that started it.
      if (/\.js$/.test(path)) context.header('Content-Security-Policy', shellPolicy([], origin));
      context.header('Content-Type', file.type);
      if (file.encoding) context.header('Content-Encoding', file.encoding);
      return context.body(file.bytes);
    }
    if (!isTyped(path)) return refuse({ kind: 'not-found' });
    const shell = await files.shell();
    if (!shell) return refuse({ kind: 'not-built' });
    const isAddress = path === '/index.html' || shell.isAddress(path);
    if (!isAddress && !context.req.header('accept')?.includes('text/html')) return refuse({ kind: 'not-found' });
    context.header('Cache-Control', 'no-cache');
    context.header('Content-Security-Policy', shellPolicy(shell.scriptHashes, origin));
    return context.html(shell.html, isAddress ? 200 : 404);
  });

  return routes;
};

/** What a person may have typed or followed: no dots, nothing encoded, not in the folders of machines. */
const isTyped = (path: string): boolean =>
  path === '/index.html' || (!/^\/(api|_app|sync)(\/|$)/.test(path) && /^[\w/~-]*$/.test(path));
