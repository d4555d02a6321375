/** One call of an endpoint, as Standard Webhooks 1.0.0 wants it, and what its answer means. */
import type { Result } from '#core/result.ts';
import { type OutsideDeps, type OutsideFailure, postOutside } from '#sync-server/channels/post-outside.ts';
import { signWebhook } from '#sync-server/ingest/webhook-signature.ts';
import type { Endpoint } from './endpoints.ts';

export interface EndpointCall {
  /** The idempotency key: the same in every try. */
  readonly id: string;
  readonly type: 'message.send' | 'ping';
  readonly data: object;
}

export const mostBodyBytes = 20_000;
const withinMs = 20_000;

export const callEndpoint = (
  { address, allowsPrivate }: Pick<Endpoint, 'address' | 'allowsPrivate'>,
  secret: string,
  { id, type, data }: EndpointCall,
  nowMs: number,
  outside?: OutsideDeps,
): Promise<Result<{ readonly status: number }, OutsideFailure>> => {
  const timestamp = String(Math.floor(nowMs / 1000));
  const body = JSON.stringify({ type, timestamp: new Date(nowMs).toISOString(), data });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Larder',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signWebhook(secret, { id, timestamp, body }),
  };
  return postOutside({ address, headers, body, allowsPrivate, withinMs }, outside);
};

const [secondMs, minuteMs, hourMs] = [1000, 60_000, 3_600_000];
/** After the first try, the second ... */
const waitsMs = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];
const throttling = new Set([429, 502, 503, 504]);
/** An address that cannot be called will not become one by waiting. */
const hopeless: readonly string[] = ['bad-address', 'private-address'];

export interface AfterFailure {
  /** Null: not tried again. */
  readonly againMs: number | null;
  /** The whole endpoint rests until then; 0 when it need not. */
  readonly restUntilMs: number;
  /** Its host wants no calls any more. */
  readonly isGone: boolean;
}

/** `tries` made so far, this one included; `chance` in [0, 1) spreads tries over a tenth more of the time. */
export const afterFailure = (failure: OutsideFailure, tries: number, nowMs: number, chance: number): AfterFailure => {
  const waitMs = waitsMs[tries - 1];
  const isGone = failure.kind === 'not-accepted' && failure.status === 410;
  const isThrottled = failure.kind === 'not-accepted' && throttling.has(failure.status);
  const askedMs = isThrottled ? retryAfterMs(failure.retryAfter, nowMs) : 0;
  const restUntilMs = isThrottled ? nowMs + Math.max(askedMs, 5 * secondMs) : 0;
  const isOver = isGone || waitMs === undefined || hopeless.includes(failure.kind);
  const againMs = isOver ? null : Math.max(nowMs + Math.round(waitMs * (1 + chance / 10)), restUntilMs);
  return { againMs, restUntilMs, isGone };
};

/** Seconds, or a date; at most a day. */
const retryAfterMs = (text: string | null, nowMs: number): number => {
  const ms = /^\d{1,9}$/.test(text ?? '') ? Number(text) * secondMs : Date.parse(text ?? '') - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 24 * hourMs) : 0;
};
