/**
 * May this person be written to by hand, one to one, for this purpose, at this moment? Looks at consent on every
 * one-to-one channel, the quiet hours and the weekly cap, and answers with a code. A later moment is an answer too.
 */
import type { Consent } from '../datasets/fact.ts';
import type { Ledger } from '../datasets/ledger-columns.ts';
import type { ChannelId } from './channel.ts';
import { afterQuietHours } from './quiet-hours.ts';

export const weeklyCap = 2;

/** Someone who did something of their own less than this ago may be answered in quiet hours. */
export const ownActMs = 3_600_000;

export type ReachReason = 'refused' | 'no-consent' | 'weekly-cap';

export type Reach =
  | { readonly kind: 'open'; readonly channel: ChannelId; readonly source: string; readonly notBeforeMs: number }
  | { readonly kind: 'closed'; readonly reason: ReachReason };

export interface ReachQuestion {
  readonly customer: number;
  readonly purpose: 'marketing' | 'service';
  /** When it would go out at the earliest. */
  readonly atMs: number;
  /** The person's own last act, if any. */
  readonly actedMs: number | null;
  /** Marketing messages of the last seven days. */
  readonly sentThisWeek: number;
}

/** In order of preference. A basis recorded for an import is a grant on `manual`. */
export const byHand: readonly ChannelId[] = ['wecom-1v1', 'manual'];

export const checkReach = (ledger: Pick<Ledger, 'consent'>, question: ReachQuestion): Reach => {
  const consents = byHand.map((channel) => ({ channel, ...consentOn(ledger, question, channel) }));
  if (consents.some(({ state }) => state === 'refused')) return { kind: 'closed', reason: 'refused' };
  const granted = consents.find(({ state }) => state === 'granted');
  const open = granted ?? (question.purpose === 'service' ? { channel: 'wecom-1v1' as const, source: '' } : null);
  if (!open) return { kind: 'closed', reason: 'no-consent' };
  if (question.purpose === 'marketing' && question.sentThisWeek >= weeklyCap)
    return { kind: 'closed', reason: 'weekly-cap' };
  return { kind: 'open', channel: open.channel, source: open.source, notBeforeMs: earliest(question) };
};

function consentOn(
  ledger: Pick<Ledger, 'consent'>,
  question: ReachQuestion,
  channel: string,
): { state: Consent['state'] | 'unknown'; source: string } {
  return ledger.consent(question.customer, channel, question.purpose);
}

function earliest({ purpose, atMs, actedMs }: ReachQuestion): number {
  if (purpose === 'service') return atMs;
  const isAwake = actedMs !== null && atMs - actedMs <= ownActMs;
  return isAwake ? atMs : afterQuietHours(atMs);
}
