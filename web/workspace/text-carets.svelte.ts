/**
 * Where others stand in a shared text. Carets travel as relative positions over the document's awareness, so they stay
 * with their letter while the text around them changes. A caret not heard of for 30 seconds, or whose person has gone,
 * is from the past: it is given as such and must never look alive.
 */
import { createSubscriber } from 'svelte/reactivity';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { toneOf } from './presence.svelte.ts';
import type { Member } from './workspace.ts';

export interface TextCaret {
  readonly memberId: string;
  readonly name: string;
  readonly tone: number;
  readonly start: number;
  readonly end: number;
  /** Moved in the last two seconds: the name flag shows. */
  readonly isMoving: boolean;
  readonly isPast: boolean;
  readonly lastSeenMs: number;
}

interface Seen {
  readonly member: Pick<Member, 'id' | 'name'>;
  readonly field: string;
  readonly anchor: unknown;
  readonly head: unknown;
  readonly key: string;
  readonly clock: number;
  readonly ms: number;
  readonly movedMs: number;
}

const pastAfterMs = 30_000;
const forgottenAfterMs = 600_000;
const movingMs = 2000;

export class TextCarets {
  readonly #awareness: Awareness | null;
  readonly #self: Member;
  readonly #nowMs: () => number;
  readonly #subscribe: () => void;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- `#subscribe` tells the runes
  readonly #seen = new Map<string, Seen>();

  constructor(awareness: Awareness | null, self: Member, nowMs: () => number) {
    this.#awareness = awareness;
    this.#self = self;
    this.#nowMs = nowMs;
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, 1000);
      awareness?.on('update', update);
      return () => {
        clearInterval(timer);
        awareness?.off('update', update);
      };
    });
  }

  publish(field: string, text: Y.Text, start: number, end: number): void {
    const place = (index: number): unknown =>
      Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index));
    const { id, name, role } = this.#self;
    const caret = { field, anchor: place(start), head: place(end) };
    this.#awareness?.setLocalState({ member: { id, name, role }, caret });
  }

  leave(): void {
    this.#awareness?.setLocalStateField('caret', null);
  }

  /** The others in this text; the living first. */
  in(field: string, text: Y.Text): readonly TextCaret[] {
    this.#subscribe();
    const nowMs = this.#nowMs();
    const here = this.#look(nowMs);
    const carets: TextCaret[] = [];
    for (const seen of this.#seen.values()) {
      if (seen.field !== field) continue;
      const start = placeIn(text, seen.anchor);
      const end = placeIn(text, seen.head);
      if (start === null || end === null) continue;
      carets.push({
        memberId: seen.member.id,
        name: seen.member.name,
        tone: toneOf(seen.member.id),
        start: Math.min(start, end),
        end: Math.max(start, end),
        isMoving: nowMs - seen.movedMs < movingMs,
        isPast: nowMs - seen.ms > pastAfterMs || !here.has(seen.member.id),
        lastSeenMs: seen.ms,
      });
    }
    return carets.sort((a, b) => Number(a.isPast) - Number(b.isPast) || (a.memberId < b.memberId ? -1 : 1));
  }

  /** Takes in what the awareness says, and answers who is in a text now. */
  #look(nowMs: number): ReadonlySet<string> {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew each time
    const here = new Set<string>();
    for (const [client, state] of this.#awareness?.getStates() ?? []) {
      const member = state['member'] as Partial<Member> | undefined;
      const caret = state['caret'] as { field?: unknown; anchor?: unknown; head?: unknown } | null | undefined;
      if (client === this.#awareness?.clientID || typeof member?.id !== 'string' || typeof member.name !== 'string')
        continue;
      if (member.id === this.#self.id) continue;
      if (typeof caret?.field !== 'string') {
        // Left the text on purpose: nothing to remember.
        if (!here.has(member.id)) this.#seen.delete(member.id);
        continue;
      }
      here.add(member.id);
      const clock = this.#awareness?.meta.get(client)?.clock ?? 0;
      const key = JSON.stringify(caret);
      const before = this.#seen.get(member.id);
      this.#seen.set(member.id, {
        member: { id: member.id, name: member.name },
        field: caret.field,
        anchor: caret.anchor,
        head: caret.head,
        key,
        clock,
        ms: before?.clock === clock ? before.ms : nowMs,
        movedMs: before?.key === key ? before.movedMs : nowMs,
      });
    }
    for (const [id, { ms }] of this.#seen) if (nowMs - ms > forgottenAfterMs) this.#seen.delete(id);
    return here;
  }
}

function placeIn(text: Y.Text, json: unknown): number | null {
  if (!text.doc || typeof json !== 'object' || json === null) return null;
  try {
    const place = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), text.doc);
    return place?.type === text ? place.index : null;
  } catch {
    // Written by another version, or damaged on the way.
    return null;
  }
}
