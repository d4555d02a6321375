/** Who is signed in, and to what: the server's answer, or that there is no server to ask at the moment. */
import type { Role } from '#core/units/role.ts';

export interface SessionWorkspace {
  readonly id: string;
  readonly brand: string;
  /** How the member is called there. */
  readonly name?: string;
  readonly role: Role;
  readonly isDemo: boolean;
}

/** Where other devices open Larder, and the page on which they come to trust its certificate where they have to. */
export interface ServerNetwork {
  readonly origin: string;
  readonly trustAddress: string | null;
}

export interface ServerSession {
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly workspaces: readonly SessionWorkspace[];
  readonly isClaimed: boolean;
  /** Null without a local network, and before signing in. */
  readonly network: ServerNetwork | null;
  readonly demo: {
    readonly id: string;
    readonly brand: string;
    readonly customers: number;
    readonly orders: number;
  } | null;
  /** Server time minus device time. */
  readonly offsetMs: number;
}

/** Null: no server answered in time. */
export const fetchSession = async (withinMs?: number): Promise<ServerSession | null> => {
  const askedMs = Date.now();
  const answer = await askServer<Omit<ServerSession, 'offsetMs'> & { serverMs: number }>(
    'GET',
    '/api/session',
    undefined,
    withinMs,
  );
  if (!answer.ok) return null;
  const { serverMs, ...session } = answer.value;
  return { ...session, offsetMs: Math.round(serverMs - (askedMs + Date.now()) / 2) };
};

export type ServerFailure = { readonly kind: string };
export type ServerAnswer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ServerFailure };

/** One request to our own server. `unreachable` when nothing answered; otherwise the kind the server gave. */
export const askServer = async <Value>(
  method: string,
  path: string,
  body?: unknown,
  withinMs = 15_000,
): Promise<ServerAnswer<Value>> => {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(withinMs),
    });
  } catch {
    return { ok: false, error: { kind: 'unreachable' } };
  }
  const json = (await response.json().catch(() => null)) as (Value & { error?: ServerFailure }) | null;
  if (response.ok && (json !== null || response.status === 204)) return { ok: true, value: json as Value };
  return {
    ok: false,
    error: json?.error ?? { kind: response.ok || response.status >= 500 ? 'unreachable' : 'refused' },
  };
};
