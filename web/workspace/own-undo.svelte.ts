/**
 * Undo and redo of one's own changes only: what others did in between stays. Pass `origin` with every change that
 * should be undoable, and to `bindText`.
 */
import { createSubscriber } from 'svelte/reactivity';
import * as Y from 'yjs';
import type { ObservedType } from './doc-signal.svelte.ts';

export class OwnUndo {
  /** One a history: two screens over one document have two histories. */
  readonly origin: object = {};
  readonly #history: Y.UndoManager;
  readonly #subscribe: () => void;

  constructor(types: readonly ObservedType[]) {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- handed to Yjs, never read by a rune
    const trackedOrigins = new Set([this.origin]);
    this.#history = new Y.UndoManager([...types] as unknown as Y.AbstractType<Y.YEvent<never>>[], { trackedOrigins });
    this.#subscribe = createSubscriber((update) => {
      const names = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const;
      for (const name of names) this.#history.on(name, update);
      return () => {
        for (const name of names) this.#history.off(name, update);
      };
    });
  }

  get canUndo(): boolean {
    this.#subscribe();
    return this.#history.canUndo();
  }

  get canRedo(): boolean {
    this.#subscribe();
    return this.#history.canRedo();
  }

  undo(): void {
    this.#history.undo();
  }

  redo(): void {
    this.#history.redo();
  }

  /** What follows is a step of its own, however soon it comes. */
  pause(): void {
    this.#history.stopCapturing();
  }

  close(): void {
    this.#history.destroy();
  }
}
