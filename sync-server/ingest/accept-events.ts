/**
 * Takes a batch of live events: each is opened alone, counted once by (source, id) within 30 days, given a trusted
 * time, and handed to the broadcasts. What is refused is kept as a dead letter. The answer says of each event what
 * became of it, in the order sent.
 */
import { type LiveEvent, liveEventKey } from '#core/live/live-event.ts';
import { type LiveEventFailure, parseLiveEvent } from '#core/live/parse-live-event.ts';
import { type SourceClock, newSourceClock, trustEventTime } from '#core/live/trust-event-time.ts';
import { hashSecret } from '#sync-server/access/secrets.ts';
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';
import { type RefusedEvent, keepDeadLetters } from './dead-letters.ts';
import { readSourceCounts, writeSourceCounts } from './source-counts.ts';

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
  /** A person brings the past, pasted or sent again: the times written in it are kept as they are. */
  readonly isPasted: boolean;
  readonly events: readonly unknown[];
}

export type AcceptEvents = (batch: Batch) => Promise<readonly EventFate[]>;

export const keepAcceptedMs = 30 * 86_400_000;
const clocksKept = 500;

export const createAcceptEvents = ({ records, broadcasts, nowMs }: AcceptDeps): AcceptEvents => {
  const clocks = new Map<string, SourceClock>();
  /** Batches of one sender go one after another, so that one event sent twice at once counts once. */
  const turns = new Map<string, Promise<unknown>>();

  const acceptNow = async (batch: Batch): Promise<readonly EventFate[]> => {
    const arrivedMs = nowMs();
    const fates: EventFate[] = [];
    const taken = new Map<string, LiveEvent>();
    const dead: RefusedEvent[] = [];
    let lagMs = Infinity;
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
      if (isKnown) continue;
      taken.set(key, timed(batch, parsed.value, arrivedMs));
      lagMs = Math.min(lagMs, arrivedMs - parsed.value.atMs);
    }
    await records.write([
      ...[...taken.keys()].map((key): RecordChange => ({
        collection: 'accepted-events',
        key,
        value: 1,
        expiresMs: arrivedMs + keepAcceptedMs,
      })),
      ...keepDeadLetters(batch.workspace, batch.sender, dead, arrivedMs),
      ...(await counted(batch, fates, arrivedMs, lagMs)),
    ]);
    broadcasts.take(batch.workspace, [...taken.values()]);
    return fates;
  };

  /** What a person brings says nothing about how the source is doing. */
  async function counted(
    batch: Batch,
    fates: readonly EventFate[],
    arrivedMs: number,
    lagMs: number,
  ): Promise<RecordChange[]> {
    if (batch.isPasted) return [];
    const before = await readSourceCounts(records, batch.workspace, batch.sender);
    const { accepted, known, refused } = countFates(fates);
    const last = accepted > 0 ? { lastMs: arrivedMs, lagMs } : { lastMs: before.lastMs, lagMs: before.lagMs };
    const after = {
      accepted: before.accepted + accepted,
      known: before.known + known,
      refused: before.refused + refused,
      ...last,
    };
    return [writeSourceCounts(batch.workspace, batch.sender, after)];
  }

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

export const countFates = (
  fates: readonly EventFate[],
): { readonly accepted: number; readonly known: number; readonly refused: number } => {
  const countOf = (state: EventFate['state']): number => fates.filter((fate) => fate.state === state).length;
  return { accepted: countOf('accepted'), known: countOf('known'), refused: countOf('refused') };
};
