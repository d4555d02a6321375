/**
 * Events that were refused, kept for a week so that somebody can see why, put them right and send them again. Records
 * `dead-letters`, by workspace and time; the newest 200 of a batch.
 */
import type { LiveEventFailure } from '#core/live/parse-live-event.ts';
import { createId } from '#sync-server/access/secrets.ts';
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';

export interface DeadLetter {
  readonly id: string;
  /** A source's id, or `member/<id>` who pasted. */
  readonly sender: string;
  readonly atMs: number;
  readonly error: LiveEventFailure;
  /** The event as it came, as JSON; empty where it cannot be written. */
  readonly event: string;
  /** It was more than is kept: it can be looked at, not sent again. */
  readonly isCut: boolean;
}

export interface RefusedEvent {
  readonly value: unknown;
  readonly error: LiveEventFailure;
}

const collection = 'dead-letters';
const keepMs = 7 * 86_400_000;
const batchLimit = 200;
const shownLimit = 200;
const textLimit = 4000;

export const keepDeadLetters = (
  workspace: string,
  sender: string,
  refused: readonly RefusedEvent[],
  atMs: number,
): RecordChange[] =>
  refused.slice(0, batchLimit).map(({ value, error }, index) => {
    const text = textOf(value);
    const id = `${String(atMs).padStart(15, '0')}-${String(index).padStart(4, '0')}-${createId()}`;
    const event = text.slice(0, textLimit);
    const letter: DeadLetter = { id, sender, atMs, error, event, isCut: text === '' || text.length > textLimit };
    return { collection, key: `${workspace}/${id}`, value: letter, expiresMs: atMs + keepMs };
  });

/** Empty where values lie in each other deeper than they can be written out again. */
const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
};

/** Newest first; of one sender, or of all. */
export const listDeadLetters = async (
  records: Records,
  workspace: string,
  sender?: string,
): Promise<readonly DeadLetter[]> =>
  (await records.list(collection, `${workspace}/`))
    .map((record) => record.value as DeadLetter)
    .filter((letter) => sender === undefined || letter.sender === sender)
    .slice(-shownLimit)
    .reverse();

export const readDeadLetter = async (records: Records, workspace: string, id: string): Promise<DeadLetter | null> =>
  ((await records.read(collection, `${workspace}/${id}`))?.value as DeadLetter | undefined) ?? null;

export const removeDeadLetter = (workspace: string, id: string): RecordChange => ({
  collection,
  key: `${workspace}/${id}`,
  value: null,
});
