/**
 * What `application.ts` puts into every request before a route module sees it (hono's context variables). A route
 * never writes a failing status by hand: it answers `context.var.refuse({ kind })` or `context.var.answer(result)`,
 * and the one map in application.ts turns the kind into a status.
 */
import type { Result } from '#core/result.ts';
import type { Session } from './session.ts';

export interface Failure {
  readonly kind: string;
}

export interface RequestVariables {
  /** Null when signed out. */
  readonly session: Session | null;
  /** Where the request came from, for rate limits; behind a proxy the forwarded address. */
  readonly address: string;
  /** The request came from this very machine and through no proxy. */
  readonly isLoopback: boolean;
  /** The browser reached us over HTTPS. */
  readonly isSecure: boolean;
  /** Scheme and host as the browser knows them: `http://localhost:4747`. */
  readonly origin: string;
  refuse(failure: Failure): Response;
  answer(result: Result<unknown, Failure>): Response;
}

export interface RequestContext {
  Variables: RequestVariables;
}
