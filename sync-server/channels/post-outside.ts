/**
 * One POST to a host that the owner configured. The name is resolved here, all its addresses are judged, and the
 * connection is made to the judged one, so that neither a private address nor a name that changes its mind is reached.
 */
import { lookup as lookUpName } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type Result, fail, ok } from '#core/result.ts';
import { isPublicAddress } from './is-public-address.ts';

export interface OutsideCall {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The owner ticked that this host may be on a private network. */
  readonly allowsPrivate: boolean;
  readonly withinMs: number;
}

export type OutsideFailure =
  | { readonly kind: 'bad-address' | 'private-address' | 'unreachable' | 'too-slow' }
  | { readonly kind: 'redirected'; readonly status: number }
  | { readonly kind: 'not-accepted'; readonly status: number; readonly retryAfter: string | null };

export interface FoundAddress {
  readonly address: string;
  readonly family: number;
}

export interface OutsideDeps {
  /** Every address of a name. */
  lookUp(name: string): Promise<readonly FoundAddress[]>;
}

const systemNames: OutsideDeps = { lookUp: (name) => lookUpName(name, { all: true }) };
const mostAnswerBytes = 64 * 1024;

/** Resolves with the status of a call that was accepted (2xx). */
export const postOutside = async (
  call: OutsideCall,
  { lookUp }: OutsideDeps = systemNames,
): Promise<Result<{ readonly status: number }, OutsideFailure>> => {
  const url = URL.canParse(call.address) ? new URL(call.address) : null;
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && call.allowsPrivate);
  if (!url || !isAllowed || url.username !== '' || url.password !== '') return fail({ kind: 'bad-address' });
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(name);
  const found = family === 0 ? await lookUp(name).catch(() => []) : [{ address: name, family }];
  const [first] = found;
  if (!first) return fail({ kind: 'unreachable' });
  if (!call.allowsPrivate && !found.every(({ address }) => isPublicAddress(address)))
    return fail({ kind: 'private-address' });
  return send(url, call, first);
};

const send = (
  url: URL,
  { headers, body, withinMs }: OutsideCall,
  { address, family }: FoundAddress,
): Promise<Result<{ readonly status: number }, OutsideFailure>> =>
  new Promise((resolve) => {
    const settle = (answer: Result<{ readonly status: number }, OutsideFailure>): void => {
      clearTimeout(timer);
      resolve(answer);
      asking.destroy();
    };
    const pinned: LookupFunction = (_name, options, tell) =>
      options.all ? tell(null, [{ address, family }]) : tell(null, address, family);
    const asking = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: pinned,
      agent: false,
    });
    const timer = setTimeout(() => settle(fail({ kind: 'too-slow' })), withinMs);
    asking.on('error', () => settle(fail({ kind: 'unreachable' })));
    asking.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      let bytes = 0;
      const judge = (): void => {
        if (status >= 300 && status < 400) settle(fail({ kind: 'redirected', status }));
        else if (status >= 200 && status < 300) settle(ok({ status }));
        else settle(fail({ kind: 'not-accepted', status, retryAfter: answer.headers['retry-after'] ?? null }));
      };
      // What it says is nobody's business; that it ends is.
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > mostAnswerBytes) judge();
      });
      answer.on('end', judge);
    });
    asking.end(body);
  });
