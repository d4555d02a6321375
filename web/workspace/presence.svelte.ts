/**
 * Who is here, and in which field. The server stamps who somebody is; where they are they say themselves. People who
 * left, and those not heard of for 30 seconds, are shown grey with the time, and forgotten after ten minutes.
 */
import { createSubscriber } from 'svelte/reactivity';
import type { Awareness } from 'y-protocols/awareness';
import type { Member } from './workspace.ts';

export interface Person {
  readonly member: Member;
  /** 1 to 4, the same for a person on every screen. */
  readonly tone: number;
  /** What they say they are in: `item/i7/script`; null when in nothing. */
  readonly field: string | null;
  readonly isAway: boolean;
  readonly lastSeenMs: number;
}

/** What somebody restored: which document, and what it is called there. */
export interface Restoring {
  readonly id: string;
  readonly path: string;
  readonly titles: readonly string[];
}

interface Seen {
  readonly client: number;
  readonly member: Member;
  readonly field: string | null;
  readonly ms: number;
  readonly clock: number;
}

const awayAfterMs = 30_000;
const forgottenAfterMs = 600_000;

export class Presence {
  readonly #awareness: Awareness | null;
  readonly #self: Member;
  readonly #nowMs: () => number;
  #lastSeen: readonly Seen[] = [];
  readonly #subscribe: () => void;

  constructor(awareness: Awareness | null, self: Member, nowMs: () => number, roleChanged?: () => void) {
    this.#awareness = awareness;
    this.#self = self;
    this.#nowMs = nowMs;
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, 5000);
      awareness?.on('update', update);
      return () => {
        clearInterval(timer);
        awareness?.off('update', update);
      };
    });
    // The server's stamp tells a new role, also where what is open may be written as before.
    awareness?.on('change', () => {
      const stamped = awareness.getLocalState()?.['member'] as Partial<Member> | undefined;
      if (stamped && stamped.role !== self.role) roleChanged?.();
    });
    awareness?.setLocalState({ member: { id: self.id, name: self.name, role: self.role }, field: null });
  }

  /** The others, those who are here first. One entry a person, however many tabs they have. */
  get others(): readonly Person[] {
    this.#subscribe();
    this.#look();
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew each time
    const people = new Map<string, Person>();
    for (const { client, member, ms, field } of this.#lastSeen) {
      const isAway = this.#nowMs() - ms > awayAfterMs || !this.#awareness?.getStates().has(client);
      const person = { member, tone: toneOf(member.id), field, isAway, lastSeenMs: ms };
      const known = people.get(member.id);
      if (!known || isRather(person, known)) people.set(member.id, person);
    }
    return [...people.values()].sort(
      (a, b) => Number(a.isAway) - Number(b.isAway) || (a.member.id < b.member.id ? -1 : 1),
    );
  }

  enter(field: string): void {
    this.#awareness?.setLocalStateField('field', field);
  }

  leave(field: string): void {
    if (this.#awareness?.getLocalState()?.['field'] === field) this.#awareness.setLocalStateField('field', null);
  }

  tellRestored(restorings: readonly Restoring[]): void {
    this.#awareness?.setLocalStateField('restored', restorings);
  }

  /** What the others said last that they restored in these documents. */
  restoredIn(paths: readonly string[]): readonly (Restoring & { readonly by: Member })[] {
    this.#subscribe();
    return [...(this.#awareness?.getStates() ?? [])].flatMap(([client, state]) => {
      const by = memberOf(state);
      if (by === null || client === this.#awareness?.clientID || by.id === this.#self.id) return [];
      return restoringsOf(state).flatMap((one) => (paths.includes(one.path) ? [{ ...one, by }] : []));
    });
  }

  #look(): void {
    const nowMs = this.#nowMs();
    for (const [client, state] of this.#awareness?.getStates() ?? []) {
      const member = memberOf(state);
      if (client === this.#awareness?.clientID || member === null || member.id === this.#self.id) continue;
      const clock = this.#awareness?.meta.get(client)?.clock ?? 0;
      const before = this.#lastSeen.find((seen) => seen.client === client);
      const field = typeof state['field'] === 'string' ? state['field'] : null;
      const isNews = before?.clock !== clock || before.field !== field;
      const seen = { client, member, field, clock, ms: isNews ? nowMs : before.ms };
      this.#lastSeen = [...this.#lastSeen.filter((other) => other !== before), seen];
    }
    this.#lastSeen = this.#lastSeen.filter(({ ms }) => nowMs - ms <= forgottenAfterMs);
  }
}

/** Of one person's tabs and workers the one that is here, then the one that says where, then the newest speaks. */
const isRather = (one: Person, other: Person): boolean =>
  one.isAway !== other.isAway
    ? other.isAway
    : (one.field === null) !== (other.field === null)
      ? other.field === null
      : one.lastSeenMs > other.lastSeenMs;

function memberOf(state: Record<string, unknown> | undefined): Member | null {
  const member = state?.['member'];
  if (typeof member !== 'object' || member === null) return null;
  const { id, name, role } = member as Partial<Member>;
  return typeof id === 'string' && typeof name === 'string' && role !== undefined ? { id, name, role } : null;
}

/** Said by another device: what cannot be read is nothing. */
function restoringsOf(state: Record<string, unknown>): readonly Restoring[] {
  const said = Array.isArray(state['restored']) ? (state['restored'] as readonly unknown[]) : [];
  return said.flatMap((one) => {
    const { id, path, titles } = (one ?? {}) as Partial<Restoring>;
    const isRead = typeof id === 'string' && typeof path === 'string' && Array.isArray(titles);
    return isRead ? [{ id, path, titles: titles.filter((title) => typeof title === 'string') }] : [];
  });
}

export const toneOf = (memberId: string): number => {
  let sum = 0;
  for (const letter of memberId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (sum % 4) + 1;
};
