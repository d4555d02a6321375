/**
 * What hands messages to endpoints: takes batches from members, calls when a message is due, tries again, gives up, and
 * tells the shared facts what became of each. A record is the truth, memory only knows what is due; so what an erasure
 * or another process removed is gone, and after a crash a call is at most repeated, under the same id.
 */
import type { Decision } from '#core/datasets/fact.ts';
import { purposeOf } from '#core/journeys/purpose-of.ts';
import { type Result, fail, ok } from '#core/result.ts';
import type { Access } from '#sync-server/access/access.ts';
import type { OutsideDeps } from '#sync-server/channels/post-outside.ts';
import { type AppendFactsDeps, appendFacts } from '#sync-server/datasets/append-facts.ts';
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';
import { afterFailure, callEndpoint } from './call-endpoint.ts';
import type { Endpoint, Endpoints } from './endpoints.ts';
import {
  type Message,
  type SendFailure,
  changeMessage,
  listMessages,
  messageKey,
  noteSent,
  readMessage,
} from './messages.ts';
import type { ClosedReason, People } from './people.ts';
import { type Fate, type SendWish, isLate, weighMessage } from './weigh-message.ts';

export interface SenderDeps extends AppendFactsDeps {
  readonly records: Records;
  readonly endpoints: Endpoints;
  readonly people: Pick<People, 'judge' | 'letGo'>;
  readonly access: Pick<Access, 'audit'>;
  readonly outside?: OutsideDeps;
  /** Of several processes only one sends. */
  isKeeper(): boolean;
  /** In [0, 1): spreads tries. */
  chance(): number;
  report(kind: string, detail: string): void;
}

interface Due {
  readonly workspace: string;
  readonly endpoint: string;
  readonly dueMs: number;
}

type Change = { readonly message: Message | null; readonly also?: readonly RecordChange[] };

const mostCallsAtOnce = 4;
const tellEveryMs = 2000;
/** A call under way when the server stops is waited for so long; after that it is repeated at the next start. */
const drainMs = 5000;
export const countsCollection = 'endpoint-counts';

export class Sender {
  readonly #deps: SenderDeps;
  readonly #due = new Map<string, Due>();
  readonly #untold = new Set<string>();
  readonly #calls = new Map<string, Promise<void>>();
  readonly #restUntilMs = new Map<string, number>();
  readonly #sent = new Map<string, number>();
  #turn: Promise<unknown> = Promise.resolve();
  #loading: Promise<void> | null = null;
  #isLoaded = false;
  #telling: Promise<void> = Promise.resolve();
  #toldMs = 0;
  #isClosed = false;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** What becomes of each, in the order given. A trial says it and keeps nothing. */
  accept(endpoint: Endpoint, wishes: readonly SendWish[], isTrial: boolean): Promise<readonly Fate[]> {
    return this.#inTurn(async () => {
      const fates: Fate[] = [];
      const changes = new Map<string, { readonly message: Message; readonly change: RecordChange }>();
      for (const wish of wishes) {
        const key = messageKey(endpoint.workspace, wish.decision.decision);
        const { fate, message, ifVersion } = await weighMessage(this.#deps, endpoint, wish);
        const isTwice = changes.has(key);
        fates.push(isTwice ? { decision: fate.decision, state: 'left-out', reason: 'waits-already' } : fate);
        if (message && !isTwice) changes.set(key, { message, change: changeMessage(key, ifVersion, message) });
      }
      if (isTrial || changes.size === 0) return fates;
      const written = await this.#deps.records.write([...changes.values()].map(({ change }) => change));
      if (!written.ok) throw new Error('a message was changed by another process');
      for (const [key, { message }] of changes) this.#note(key, message);
      await this.#tell();
      this.tick();
      return fates;
    });
  }

  /** What was given up, once more, under the same id. */
  retry(endpoint: Endpoint, key: string): Promise<Result<Fate, { readonly kind: 'not-found' }>> {
    return this.#inTurn(async () => {
      const stored = await readMessage(this.#deps.records, key);
      const message = stored?.message;
      if (message?.state !== 'failed' || message.text === '' || message.endpoint !== endpoint.id)
        return fail({ kind: 'not-found' });
      const decision = { ...message.decision, version: message.decision.version + 1 };
      const weighed = await weighMessage(this.#deps, endpoint, { ...message, decision });
      if (weighed.message) {
        await this.#update(key, () => ({ message: weighed.message }));
        await this.#tell();
        this.tick();
      }
      return ok(weighed.fate);
    });
  }

  /** An endpoint that calls no more keeps nobody waiting: all of it goes back to the lists of people. */
  async stop(endpoint: Pick<Endpoint, 'workspace' | 'id'>, why: 'endpoint-off' | 'endpoint-removed'): Promise<void> {
    for (const { key, message } of await listMessages(this.#deps.records, endpoint.workspace))
      if (message.endpoint === endpoint.id && (message.state === 'waiting' || why === 'endpoint-removed'))
        await this.#giveUp(key, { kind: why });
    await this.#tell();
  }

  tick(): void {
    if (this.#isClosed) return;
    if (!this.#deps.isKeeper()) return this.#forget();
    if (!this.#isLoaded) return void this.#load();
    this.#pump();
    this.#deps.people.letGo();
    if (this.#untold.size > 0 && Math.abs(this.#deps.nowMs() - this.#toldMs) >= tellEveryMs) void this.#tell();
  }

  /** Everything under way has ended. */
  async settled(): Promise<void> {
    await this.#loading;
    while (this.#calls.size > 0) await Promise.all(this.#calls.values());
    await this.#tell();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, drainMs)));
    await Promise.race([Promise.all(this.#calls.values()), enough]);
    clearTimeout(timer);
    await this.#tell();
  }

  #inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const next = this.#turn.then(act);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  #forget(): void {
    this.#due.clear();
    this.#untold.clear();
    this.#sent.clear();
    this.#isLoaded = false;
  }

  #load(): Promise<void> {
    this.#loading ??= listMessages(this.#deps.records)
      .then((all) => {
        for (const { key, message } of all) this.#note(key, message);
        this.#isLoaded = true;
      })
      .catch((error: unknown) => this.#deps.report('sending', String(error)))
      .finally(() => (this.#loading = null));
    return this.#loading;
  }

  #note(key: string, { state, workspace, endpoint, dueMs, tell }: Message): void {
    if (state === 'waiting') this.#due.set(key, { workspace, endpoint, dueMs });
    else this.#due.delete(key);
    if (tell) this.#untold.add(key);
    else this.#untold.delete(key);
  }

  #pump(): void {
    const nowMs = this.#deps.nowMs();
    const busy = new Map<string, number>();
    for (const key of this.#calls.keys()) {
      const due = this.#due.get(key);
      if (due) busy.set(due.endpoint, (busy.get(due.endpoint) ?? 0) + 1);
    }
    for (const [key, { endpoint, dueMs }] of this.#due) {
      const at = busy.get(endpoint) ?? 0;
      if (dueMs > nowMs || this.#calls.has(key) || at >= mostCallsAtOnce) continue;
      if ((this.#restUntilMs.get(endpoint) ?? 0) > nowMs) continue;
      busy.set(endpoint, at + 1);
      const call = this.#attempt(key)
        // What could not be judged or written down is tried again a little later.
        .catch((error: unknown) => {
          this.#deps.report('sending', String(error));
          const due = this.#due.get(key);
          if (due) this.#due.set(key, { ...due, dueMs: this.#deps.nowMs() + tellEveryMs });
        })
        .finally(() => {
          this.#calls.delete(key);
          this.tick();
        });
      this.#calls.set(key, call);
    }
  }

  async #attempt(key: string): Promise<void> {
    const { records, endpoints, people, nowMs } = this.#deps;
    const message = (await readMessage(records, key))?.message;
    if (message?.state !== 'waiting') return void this.#due.delete(key);
    const opened = await endpoints.open(message.workspace, message.endpoint);
    if (opened?.endpoint.state !== 'on') return this.#giveUp(key, { kind: 'endpoint-off' });
    if (opened.secret === null) return this.#giveUp(key, { kind: 'no-secret' });
    if (isLate(message.decision, message.deadlineMs, nowMs())) return this.#giveUp(key, { kind: 'too-late' });
    const judged = await people.judge(opened.endpoint, message.decision);
    if (judged.kind === 'closed') return this.#leaveOut(key, judged.reason);
    if (judged.known?.state === 'taken-back' && judged.known.version > message.decision.version)
      return this.#update(key, () => ({ message: null }));
    if (judged.notBeforeMs > nowMs())
      return void (await this.#update(key, (one) => ({ message: { ...one, dueMs: judged.notBeforeMs } })));
    // An erasure that came while consent was looked up.
    if (!(await readMessage(records, key))) return void this.#due.delete(key);
    const { decision, customer, channel } = message.decision;
    const data = { decisionId: decision, customer, channel, purpose: purposeOf(message.decision), text: message.text };
    const call = { id: decision, type: 'message.send', data: { ...data, to: judged.to } } as const;
    const answer = await callEndpoint(opened.endpoint, opened.secret, call, nowMs(), this.#deps.outside);
    if (answer.ok) return this.#sentNow(key, opened.endpoint);
    const { againMs, restUntilMs, isGone } = afterFailure(
      answer.error,
      message.tries + 1,
      nowMs(),
      this.#deps.chance(),
    );
    if (restUntilMs > 0) this.#restUntilMs.set(message.endpoint, restUntilMs);
    const { kind } = answer.error;
    const failure: SendFailure = 'status' in answer.error ? { kind, status: answer.error.status } : { kind };
    if (againMs === null) await this.#giveUp(key, failure);
    else if (isLate(message.decision, message.deadlineMs, againMs))
      await this.#giveUp(key, { ...failure, kind: 'too-late' });
    else await this.#update(key, (one) => ({ message: { ...one, tries: one.tries + 1, dueMs: againMs, failure } }));
    if (isGone) await this.#goneNow(opened.endpoint);
  }

  async #goneNow(endpoint: Endpoint): Promise<void> {
    const before = (await this.#deps.endpoints.open(endpoint.workspace, endpoint.id))?.endpoint.state;
    if (before !== 'on') return;
    await this.#deps.endpoints.turn(endpoint.workspace, endpoint.id, 'gone');
    await this.#deps.access.audit(endpoint.workspace, { kind: 'endpoint-gone', member: '', detail: endpoint.channel });
    await this.stop(endpoint, 'endpoint-off');
  }

  async #sentNow(key: string, { workspace, id }: Endpoint): Promise<void> {
    const { records, nowMs } = this.#deps;
    const counts = `${workspace}/${id}`;
    const stored = (await records.read(countsCollection, counts))?.value as { sent: number } | undefined;
    const sent = (this.#sent.get(counts) ?? stored?.sent ?? 0) + 1;
    this.#sent.set(counts, sent);
    await this.#update(key, (one) => ({
      message: { ...told(one, 'confirmed', nowMs()), state: 'sent', text: '', tries: one.tries + 1, failure: null },
      also: [
        noteSent(key, { customer: one.decision.customer, atMs: nowMs() }),
        { collection: countsCollection, key: counts, value: { sent, lastMs: nowMs() } },
      ],
    }));
  }

  /** Somebody was quicker, or may not be written to any more. */
  async #leaveOut(key: string, reason: ClosedReason): Promise<void> {
    if (reason === 'sent-already' || reason === 'unknown-customer') await this.#update(key, () => ({ message: null }));
    else await this.#giveUp(key, { kind: reason });
  }

  async #giveUp(key: string, failure: SendFailure): Promise<void> {
    const { nowMs } = this.#deps;
    await this.#update(key, (one) => {
      const isOver = noMore.has(failure.kind);
      const text = isOver ? '' : one.text;
      const tries = one.tries + ('status' in failure ? 1 : 0);
      if (one.state === 'failed') return { message: { ...one, text, failure } };
      const state = failure.kind === 'too-late' ? 'expired' : 'taken-back';
      return { message: { ...told(one, state, nowMs()), state: 'failed', text, tries, failure, atMs: nowMs() } };
    });
  }

  /** Until nobody changed it in between; a message that is gone stays gone. */
  async #update(key: string, change: (message: Message) => Change): Promise<void> {
    for (;;) {
      const stored = await readMessage(this.#deps.records, key);
      const next = stored && change(stored.message);
      if (!stored || !next) return void (this.#due.delete(key), this.#untold.delete(key));
      const changes = [changeMessage(key, stored.version, next.message), ...(next.also ?? [])];
      if (!(await this.#deps.records.write(changes)).ok) continue;
      if (next.message) this.#note(key, next.message);
      else this.#due.delete(key);
      return;
    }
  }

  /** What the facts do not say yet, in one chunk a workspace; what storage refuses is told the next time. */
  #tell(): Promise<void> {
    this.#telling = this.#telling
      .then(() => this.#tellAll())
      .catch((error: unknown) => this.#deps.report('sending-facts', String(error)));
    return this.#telling;
  }

  async #tellAll(): Promise<void> {
    const { records } = this.#deps;
    this.#toldMs = this.#deps.nowMs();
    const untold = (await Promise.all([...this.#untold].map((key) => readMessage(records, key)))).filter(
      (stored) => stored !== null && stored.message.tell !== null,
    );
    for (const [workspace, own] of Map.groupBy(untold, (stored) => stored!.message.workspace)) {
      const facts = own.flatMap((stored) => stored!.message.tell ?? []);
      await appendFacts(this.#deps, workspace, 'sending', facts);
      for (const stored of own) {
        const { key, message } = stored!;
        await this.#update(key, (one) => {
          if (one.tell?.version !== message.tell?.version) return { message: one };
          return { message: one.state === 'sent' ? null : { ...one, tell: null } };
        });
      }
    }
  }
}

/** Given up for good: sending it again would change nothing, or would be wrong. */
const noMore: ReadonlySet<string> = new Set([
  'too-late',
  'refused',
  'no-consent',
  'weekly-cap',
  'excluded',
  'wrong-purpose',
  'endpoint-removed',
]);

/** The next version of the decision, for the facts. */
const told = (message: Message, state: Decision['state'], atMs: number): Message => {
  const decision = { ...message.decision, state, version: message.decision.version + 1, atMs };
  return { ...message, decision, tell: decision };
};
