/** Outside senders of live events as the server tells them, what of theirs was refused, and what is done about it. */
import type { LiveEventFailure } from '#core/live/parse-live-event.ts';
import { askServer, type ServerAnswer } from '#web/workspace/session.ts';

export interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
  readonly accepted: number;
  readonly known: number;
  readonly refused: number;
  /** When its last accepted event arrived, and how long after it happened; negative when the sender's clock is ahead. */
  readonly lastMs: number | null;
  readonly lagMs: number;
  /** Refused events still kept. */
  readonly deadLetters: number;
}

export interface FreshSource {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

export interface DeadLetter {
  readonly id: string;
  readonly atMs: number;
  readonly error: LiveEventFailure;
  readonly event: string;
  readonly isCut: boolean;
}

export type RetryOutcome =
  | { readonly kind: 'accepted' | 'known' | 'not-json' }
  | { readonly kind: 'refused'; readonly error: LiveEventFailure }
  | { readonly kind: 'failed'; readonly failure: string };

type Fate = { readonly state: 'accepted' | 'known' } | { readonly state: 'refused'; readonly error: LiveEventFailure };

export class Sources {
  readonly #path: string;
  readonly #ask: typeof askServer;
  list = $state.raw<readonly SourceRow[] | null>(null);
  /** Why the list could not be read just now; the last one read stays. */
  failure = $state<string | null>(null);
  /** Made just now; its secret is shown this once. */
  fresh = $state.raw<FreshSource | null>(null);
  isMaking = $state(false);
  /** Refused events of the source looked at; null while they are being read. */
  letters = $state.raw<readonly DeadLetter[] | null>(null);
  lettersFailure = $state<string | null>(null);
  #lettersOf = '';

  constructor(workspace: string, ask = askServer) {
    this.#path = `/api/workspaces/${workspace}`;
    this.#ask = ask;
  }

  async read(): Promise<void> {
    const answer = await this.#ask<{ sources: readonly SourceRow[] }>('GET', `${this.#path}/sources`);
    this.failure = answer.ok ? null : answer.error.kind;
    if (answer.ok) this.list = answer.value.sources.toSorted((a, b) => b.createdMs - a.createdMs);
  }

  async make(name: string): Promise<ServerAnswer<unknown>> {
    this.isMaking = true;
    const answer = await this.#ask<FreshSource>('POST', `${this.#path}/sources`, { name });
    this.isMaking = false;
    if (!answer.ok) return answer;
    this.fresh = answer.value;
    await this.read();
    return answer;
  }

  async remove(id: string): Promise<ServerAnswer<unknown>> {
    const answer = await this.#ask('DELETE', `${this.#path}/sources/${id}`);
    // Somebody else was quicker: what was asked for is so.
    const isGone = answer.ok || answer.error.kind === 'not-found';
    if (isGone && this.fresh?.id === id) this.fresh = null;
    await this.read();
    return isGone ? { ok: true, value: null } : answer;
  }

  async readLetters(source: string): Promise<void> {
    if (this.#lettersOf !== source) this.letters = null;
    this.#lettersOf = source;
    const path = `${this.#path}/dead-letters?source=${encodeURIComponent(source)}`;
    const answer = await this.#ask<{ letters: readonly DeadLetter[] }>('GET', path);
    if (this.#lettersOf !== source) return;
    this.lettersFailure = answer.ok ? null : answer.error.kind;
    if (answer.ok) this.letters = answer.value.letters;
  }

  async retry(letter: string, text: string): Promise<RetryOutcome> {
    const event = parseObject(text);
    if (!event) return { kind: 'not-json' };
    const answer = await this.#ask<Fate>('POST', `${this.#path}/dead-letters/${letter}/retry`, { event });
    if (!answer.ok) return { kind: 'failed', failure: answer.error.kind };
    if (answer.value.state === 'refused') return { kind: 'refused', error: answer.value.error };
    this.#forget(letter);
    return { kind: answer.value.state };
  }

  async discard(letter: string): Promise<ServerAnswer<unknown>> {
    const answer = await this.#ask('DELETE', `${this.#path}/dead-letters/${letter}`);
    if (answer.ok) this.#forget(letter);
    return answer;
  }

  #forget(letter: string): void {
    this.letters = this.letters?.filter(({ id }) => id !== letter) ?? null;
    void this.read();
  }
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
