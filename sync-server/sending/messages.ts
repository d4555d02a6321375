/**
 * Messages that were handed to an endpoint, until they are sent: records `outgoing`, by workspace and a hash of the
 * decision; what was sent leaves a line in `sent-messages`, so that it is never sent again. A message holds its text and
 * no contact detail. What the shared facts have to be told of it waits in the same record.
 */
import type { Decision } from '#core/datasets/fact.ts';
import { hashSecret } from '#sync-server/access/secrets.ts';
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';

/** Why a message was not sent, or not at this try. `status` is what the endpoint's host answered. */
export interface SendFailure {
  readonly kind: string;
  readonly status?: number;
}

export interface Message {
  readonly workspace: string;
  readonly endpoint: string;
  /** As it was handed over. */
  readonly decision: Decision;
  /** Empty once it can no longer be sent. */
  readonly text: string;
  readonly deadlineMs: number;
  readonly state: 'waiting' | 'failed' | 'sent';
  readonly tries: number;
  /** When it is tried next. */
  readonly dueMs: number;
  /** Of the last try, or why it was given up. */
  readonly failure: SendFailure | null;
  readonly atMs: number;
  /** What the facts do not say yet. */
  readonly tell: Decision | null;
}

export interface StoredMessage {
  readonly key: string;
  readonly message: Message;
  readonly version: number;
}

export const outgoingCollection = 'outgoing';
const sentCollection = 'sent-messages';
/** What was given up can be sent again for so long. */
const keepFailedMs = 7 * 86_400_000;

interface SentLine {
  readonly customer: string;
  readonly atMs: number;
}

export const messageKey = (workspace: string, decision: string): string =>
  `${workspace}/${hashSecret(decision).slice(0, 32)}`;

export const readMessage = async (records: Records, key: string): Promise<StoredMessage | null> => {
  const stored = await records.read(outgoingCollection, key);
  return stored && { key, message: stored.value as Message, version: stored.version };
};

export const listMessages = async (records: Records, workspace?: string): Promise<readonly StoredMessage[]> =>
  (await records.list(outgoingCollection, workspace === undefined ? '' : `${workspace}/`)).map(
    ({ key, value, version }) => ({ key, message: value as Message, version }),
  );

export const wasSent = async (records: Records, key: string): Promise<boolean> =>
  (await records.read(sentCollection, key)) !== null;

/** `message` null removes. Refused when somebody changed or removed it since it was read. */
export const changeMessage = (key: string, ifVersion: number, message: Message | null): RecordChange => ({
  collection: outgoingCollection,
  key,
  value: message,
  ifVersion,
  ...(message?.state === 'failed' ? { expiresMs: message.atMs + keepFailedMs } : {}),
});

export const noteSent = (key: string, value: SentLine): RecordChange => ({ collection: sentCollection, key, value });

/** An erased person's: what waits and what was sent. A call under way can no longer be written down. */
export const forgetMessages = async (
  records: Records,
  workspace: string,
  customers: readonly string[],
): Promise<void> => {
  const isTheirs = (customer: string): boolean => customers.includes(customer);
  const waiting = (await listMessages(records, workspace)).filter(({ message }) => isTheirs(message.decision.customer));
  const sent = (await records.list(sentCollection, `${workspace}/`)).filter(({ value }) =>
    isTheirs((value as SentLine).customer),
  );
  await records.write([
    ...waiting.map(({ key }) => ({ collection: outgoingCollection, key, value: null })),
    ...sent.map(({ key }) => ({ collection: sentCollection, key, value: null })),
  ]);
};
