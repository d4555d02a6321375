/**
 * Which lines of the scripts the advertising-law check speaks against. The rules are fetched after the screen stands:
 * the host's first load does without them.
 */
import type { FlaggedLine, checkScript } from '#core/campaigns/check-script.ts';
import type { RunOfShowItem } from '#core/campaigns/run-of-show.ts';
import type { LiveRoom } from './live-room.svelte.ts';

export class ScriptLaw {
  readonly #room: LiveRoom;
  #check = $state.raw<typeof checkScript | null>(null);

  constructor(room: LiveRoom) {
    this.#room = room;
    void import('#core/campaigns/check-script.ts').then((module) => (this.#check = module.checkScript));
  }

  /** Of the item on air, by prompter line. */
  readonly current = $derived.by(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
    () => new Map(this.#flaggedIn(this.#room.current).map((flagged) => [flagged.line, flagged] as const)),
  );

  /** Of everything still to be said, the item on air first. */
  readonly coming = $derived.by(() =>
    this.#room.items
      .slice(Math.max(0, this.#room.currentIndex))
      .flatMap((item) => this.#flaggedIn(item).map((flagged) => ({ item, flagged }))),
  );

  #flaggedIn(item: RunOfShowItem | null): readonly FlaggedLine[] {
    if (!item || !this.#check) return [];
    return this.#check(item.script, this.#room.products.get(item.productId) ?? null);
  }
}
