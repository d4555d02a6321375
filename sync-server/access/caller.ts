/**
 * Who is calling, read from a request's headers and address, the same for HTTP and for the upgrade to a websocket.
 * Refuses a Host that is not ours (a name pointed at this machine) and an Origin that is not our own page.
 */
import { type Result, fail, ok } from '#core/result.ts';
import type { Access } from './access.ts';
import { deviceOf } from './device-of.ts';
import { cookieName, readCookie } from './cookie.ts';
import type { Session } from './session.ts';

export interface Caller {
  readonly session: Session | null;
  readonly address: string;
  readonly isLoopback: boolean;
  readonly isSecure: boolean;
  readonly origin: string;
}

export interface CallerDeps {
  readonly access: Pick<Access, 'readSession'>;
  /** Trust X-Forwarded-For, -Proto and -Host, and any Host: the proxy has decided. */
  readonly isBehindProxy: boolean;
  /** Without port, lower case. */
  readonly hostNames: ReadonlySet<string>;
}

export interface RawRequest {
  readonly method: string;
  header(name: string): string | undefined;
  readonly remoteAddress: string;
  readonly isEncrypted: boolean;
  readonly isUpgrade: boolean;
  /** By a signature or a bearer secret: the session is not looked at, and so no Origin is needed. */
  readonly provesItself?: boolean;
}

export type CallerFailure = { readonly kind: 'foreign-host' } | { readonly kind: 'foreign-origin' };

export type ReadCaller = (request: RawRequest) => Promise<Result<Caller, CallerFailure>>;

export const createCallerReader =
  (deps: CallerDeps): ReadCaller =>
  async (request) => {
    // The last entry is what our own proxy saw; those before it are what the caller says.
    const forwarded = (name: string): string | undefined =>
      deps.isBehindProxy ? request.header(name)?.split(',').at(-1)?.trim() : undefined;
    const host = (forwarded('x-forwarded-host') ?? request.header('host') ?? '').toLowerCase();
    if (!deps.isBehindProxy && !deps.hostNames.has(hostNameOf(host))) return fail({ kind: 'foreign-host' });
    const isSecure = request.isEncrypted || forwarded('x-forwarded-proto') === 'https';
    const origin = `${isSecure ? 'https' : 'http'}://${host}`;
    const cookie = request.header('cookie') ?? '';
    const mayChange = request.isUpgrade || !['GET', 'HEAD'].includes(request.method);
    const provesItself = request.provesItself ?? false;
    // No browser's page, and nobody's session: the door for outside tests.
    const isOutside = request.isUpgrade && cookie === '' && request.header('origin') === undefined;
    if (mayChange && !provesItself && !isOutside && request.header('origin')?.toLowerCase() !== origin)
      return fail({ kind: 'foreign-origin' });
    const token = readCookie(cookie, cookieName(host, isSecure));
    return ok({
      session:
        token && !provesItself
          ? await deps.access.readSession(token, deviceOf(request.header('user-agent') ?? ''))
          : null,
      address: forwarded('x-forwarded-for') ?? request.remoteAddress,
      isLoopback: !deps.isBehindProxy && isLoopbackAddress(request.remoteAddress),
      isSecure,
      origin,
    });
  };

export const hostNameOf = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
