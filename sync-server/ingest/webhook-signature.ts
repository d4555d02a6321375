/**
 * Standard Webhooks 1.0.0, symmetric: HMAC-SHA-256 over `{id}.{timestamp}.{body}` under the bytes after `whsec_`.
 * Several signatures may stand in the header while a key is being changed; one right one is enough. The time may be
 * five minutes off.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const webhookToleranceMs = 300_000;

export interface SignedRequest {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: string;
  readonly body: string;
}

export const createWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export const signWebhook = (secret: string, request: Omit<SignedRequest, 'signatures'>): string => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${request.id}.${request.timestamp}.${request.body}`).digest('base64')}`;
};

export const isSignedBy = (secret: string, request: SignedRequest, nowMs: number): boolean => {
  if (!/^\d{1,12}$/.test(request.timestamp) || request.id === '') return false;
  if (Math.abs(nowMs - Number(request.timestamp) * 1000) > webhookToleranceMs) return false;
  const expected = Buffer.from(signWebhook(secret, request));
  return request.signatures.split(' ').some((given) => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
};
