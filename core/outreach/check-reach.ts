/**
 * May this person be written to one to one, by hand or through a channel of the shop's own, for this purpose, at this
 * moment? Looks at consent, the quiet hours and the weekly cap, and answers with a code. A later moment is an answer too.
 */
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
  /** Sent through this channel by a machine; by hand without. */
  readonly through?: ChannelId;
}

/** In order of preference. A basis recorded for an import is a grant on `manual`. */
export const byHand: readonly ChannelId[] = ['wecom-1v1', 'manual'];

export const checkReach = (ledger: Pick<Ledger, 'consent'>, question: ReachQuestion): Reach => {
  const { through = 'wecom-1v1' } = question;
  const consents = [...new Set([through, ...byHand])].map((channel) => ({
    channel,
    ...ledger.consent(question.customer, channel, question.purpose),
  }));
  if (consents.some(({ state }) => state === 'refused')) return { kind: 'closed', reason: 'refused' };
  const granted = consents.find(
    ({ state, channel }) => state === 'granted' && (channel === through || channel === 'manual'),
  );
  const open = granted ?? (question.purpose === 'service' ? { channel: through, source: '' } : null);
  if (!open) return { kind: 'closed', reason: 'no-consent' };
  if (question.purpose === 'marketing' && question.sentThisWeek >= weeklyCap)
    return { kind: 'closed', reason: 'weekly-cap' };
  const channel = question.through ?? open.channel;
  return { kind: 'open', channel, source: open.source, notBeforeMs: earliest(question) };
};

function earliest({ purpose, atMs, actedMs, through }: ReachQuestion): number {
  if (purpose === 'service') return atMs;
  const isAwake = !through && actedMs !== null && atMs - actedMs <= ownActMs;
  return isAwake ? atMs : afterQuietHours(atMs);
}
