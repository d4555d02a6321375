/** What would become of one message if it were handed to an endpoint now; with the message to keep when it may go. */
import type { Decision } from '#core/datasets/fact.ts';
import { bySender } from '#core/journeys/apply-mark.ts';
import { purposeOf } from '#core/journeys/purpose-of.ts';
import { channels } from '#core/outreach/channels.data.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import type { Endpoint } from './endpoints.ts';
import { type Message, messageKey, readMessage, wasSent } from './messages.ts';
import type { ClosedReason, People } from './people.ts';

/** One message as a member wants it sent: the decision as it would be handed over. */
export interface SendWish {
  readonly decision: Decision;
  readonly text: string;
  readonly deadlineMs: number;
}

export type LeftOut = ClosedReason | 'waits-already' | 'too-late' | 'too-long';

export type Fate = { readonly decision: string } & (
  | { readonly state: 'now' }
  | { readonly state: 'waits'; readonly notBeforeMs: number }
  | { readonly state: 'left-out'; readonly reason: LeftOut }
);

export interface WeighedMessage {
  readonly fate: Fate;
  readonly message: Message | null;
  /** Of the record it takes the place of. */
  readonly ifVersion: number;
}

export interface WeighDeps {
  readonly records: Records;
  readonly people: Pick<People, 'judge'>;
  nowMs(): number;
}

/** With everything around it a call stays under the 20 kB of the standard. */
const mostTextBytes = 16_000;

export const weighMessage = async (
  { records, people, nowMs }: WeighDeps,
  endpoint: Endpoint,
  { decision: wished, text, deadlineMs }: SendWish,
): Promise<WeighedMessage> => {
  const { decision } = wished;
  const key = messageKey(endpoint.workspace, decision);
  const stored = await readMessage(records, key);
  const leftOut = (reason: LeftOut): WeighedMessage => ({
    fate: { decision, state: 'left-out', reason },
    message: null,
    ifVersion: 0,
  });
  if (stored?.message.state === 'waiting') return leftOut('waits-already');
  if (stored?.message.state === 'sent' || (await wasSent(records, key))) return leftOut('sent-already');
  if (isTooLong(endpoint, text)) return leftOut('too-long');
  const judged = await people.judge(endpoint, wished);
  if (judged.kind === 'closed') return leftOut(judged.reason);
  const atMs = nowMs();
  const dueMs = Math.max(atMs, judged.notBeforeMs);
  if (isLate(wished, deadlineMs, dueMs)) return leftOut('too-late');
  const handedOver: Decision = {
    ...wished,
    channel: endpoint.channel,
    state: 'handed-over',
    version: Math.max((judged.known?.version ?? 0) + 1, wished.version),
    byMember: bySender,
    atMs,
  };
  const { workspace, id } = endpoint;
  return {
    fate: dueMs > atMs ? { decision, state: 'waits', notBeforeMs: dueMs } : { decision, state: 'now' },
    message: {
      workspace,
      endpoint: id,
      decision: handedOver,
      text,
      deadlineMs,
      state: 'waiting',
      tries: 0,
      dueMs,
      failure: null,
      atMs,
      tell: handedOver,
    },
    ifVersion: stored?.version ?? 0,
  };
};

/** A marketing message after its deadline helps nobody; a word about somebody's own order still does. */
export const isLate = (decision: Decision, deadlineMs: number, atMs: number): boolean =>
  purposeOf(decision) === 'marketing' && atMs > deadlineMs;

const isTooLong = ({ channel }: Endpoint, text: string): boolean => {
  const limit = channels.find(({ id }) => id === channel)?.textLimit ?? Infinity;
  return [...text].length > limit || Buffer.byteLength(JSON.stringify(text)) > mostTextBytes;
};
