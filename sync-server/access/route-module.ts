import type { Hono } from 'hono';
import type { RequestContext } from './request-context.ts';

/** One module of routes with whole paths (`/api/…`), mounted by application.ts. */
export interface RouteModule {
  readonly routes: Hono<RequestContext>;
  /** Bodies are limited to 64 KB except on paths that match one of these. */
  readonly bodyLimits?: readonly { readonly path: RegExp; readonly bytes: number }[];
  /** Paths whose requests prove themselves (a signature, a bearer secret): no Origin is asked, no session is read. */
  readonly withoutOrigin?: RegExp;
}
