/**
 * Takes a batch of live events: each is opened alone, counted once by (source, id) within 30 days, given a trusted
 * time, and handed to the broadcasts. What is refused is kept as a dead letter for a week, newest 200 of a workspace.
 * The answer says of each event what became of it, in the order sent.
 */
import { type LiveEvent, liveEventKey } from '#core/live/live-event.ts';
import { type LiveEventFailure, parseLiveEvent } from '#core/live/parse-live-event.ts';
import { type SourceClock, newSourceClock, trustEventTime } from '#core/live/trust-event-time.ts';
import { hashSecret } from '#sync-server/access/secrets.ts';
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';

export type EventFate =
  | { readonly state: 'accepted' }
  | { readonly state: 'known' }
  | { readonly state: 'refused'; readonly error: LiveEventFailure };

export interface AcceptDeps {
  readonly records: Records;
  readonly broadcasts: { take(workspace: string, events: readonly LiveEvent[]): void };
  nowMs(): number;
}

export interface Batch {
  readonly workspace: string;
  /** Who sends: a source's id, or `member/<id>`. Part of every event's key. */
  readonly sender: string;
  /** A person pastes the past: the times written in a table are kept as they are. */
  readonly isPasted: boolean;
  readonly events: readonly unknown[];
}

export type AcceptEvents = (batch: Batch) => Promise<readonly EventFate[]>;

export const keepAcceptedMs = 30 * 86_400_000;
const keepDeadMs = 7 * 86_400_000;
const deadLimit = 200;
const clocksKept = 500;

export const createAcceptEvents = ({ records, broadcasts, nowMs }: AcceptDeps): AcceptEvents => {
  const clocks = new Map<string, SourceClock>();
  /** Batches of one sender go one after another, so that one event sent twice at once counts once. */
  const turns = new Map<string, Promise<unknown>>();

  const acceptNow = async (batch: Batch): Promise<readonly EventFate[]> => {
    const arrivedMs = nowMs();
    const fates: EventFate[] = [];
    const taken = new Map<string, LiveEvent>();
    const dead: unknown[] = [];
    for (const value of batch.events) {
      const parsed = parseLiveEvent(value, arrivedMs);
      if (!parsed.ok) {
        dead.push({ value, error: parsed.error });
        fates.push({ state: 'refused', error: parsed.error });
        continue;
      }
      const key = `${batch.workspace}/${hashSecret(`${batch.sender}\n${liveEventKey(parsed.value)}`).slice(0, 32)}`;
      const isKnown = taken.has(key) || (await records.read('accepted-events', key)) !== null;
      fates.push({ state: isKnown ? 'known' : 'accepted' });
      if (!isKnown) taken.set(key, timed(batch, parsed.value, arrivedMs));
    }
    await records.write([
      ...[...taken.keys()].map((key): RecordChange => ({
        collection: 'accepted-events',
        key,
        value: 1,
        expiresMs: arrivedMs + keepAcceptedMs,
      })),
      ...deadLetters(batch, dead, arrivedMs),
    ]);
    broadcasts.take(batch.workspace, [...taken.values()]);
    return fates;
  };

  function timed(batch: Batch, event: LiveEvent, arrivedMs: number): LiveEvent {
    const source = `${batch.sender}/${event.source}`;
    if (batch.isPasted) return { ...event, source, atMs: Math.min(event.atMs, arrivedMs) };
    const name = `${batch.workspace}/${source}`;
    const { clock, atMs } = trustEventTime(clocks.get(name) ?? newSourceClock, event.atMs, arrivedMs);
    if (clocks.size > clocksKept) clocks.clear();
    clocks.set(name, clock);
    return { ...event, source, atMs };
  }

  return (batch) => {
    const turn = (turns.get(batch.sender) ?? Promise.resolve()).then(() => acceptNow(batch));
    const settled = turn
      .catch(() => undefined)
      .finally(() => {
        if (turns.get(batch.sender) === settled) turns.delete(batch.sender);
      });
    turns.set(batch.sender, settled);
    return turn;
  };
};

function deadLetters(batch: Batch, dead: readonly unknown[], atMs: number): RecordChange[] {
  return dead.slice(0, deadLimit).map((letter, index) => ({
    collection: 'dead-letters',
    key: `${batch.workspace}/${String(atMs).padStart(15, '0')}-${String(index).padStart(4, '0')}`,
    value: { sender: batch.sender, atMs, letter: JSON.stringify(letter).slice(0, 2000) },
    expiresMs: atMs + keepDeadMs,
  }));
}

export const listDeadLetters = async (records: Records, workspace: string): Promise<readonly unknown[]> =>
  (await records.list('dead-letters', `${workspace}/`))
    .slice(-deadLimit)
    .reverse()
    .map((record) => record.value);
