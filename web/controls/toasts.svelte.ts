/**
 * Short notices at the bottom right, or at the top where a screen acts below (`standAtTop`). `done` leaves after six
 * seconds and offers the way back; `refused` stays until it has been read: what, why, what is safe. At most two are
 * shown; the older one gives way, a refusal last.
 */
import { untrack } from 'svelte';

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'refused';
  readonly title: string;
  readonly text: string | undefined;
  readonly undo: (() => void) | undefined;
  /** What the way back is called, where not plainly “undo”. */
  readonly undoLabel: string | undefined;
  readonly action: { readonly label: string; readonly run: () => void } | undefined;
}

const lifeMs = 6000;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  /** Screens that want them at the top. */
  #atTop = $state(0);
  #next = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get isAtTop(): boolean {
    return this.#atTop > 0;
  }

  /** While the screen that asked is there; gives the way back. */
  standAtTop(): () => void {
    this.#atTop = untrack(() => this.#atTop) + 1;
    return () => (this.#atTop = untrack(() => this.#atTop) - 1);
  }

  done(title: string, undo?: () => void, undoLabel?: string): void {
    const id = this.#add({ kind: 'done', title, text: undefined, undo, undoLabel, action: undefined });
    this.resume(id);
  }

  refused(title: string, text?: string, action?: Toast['action']): void {
    this.#add({ kind: 'refused', title, text, undo: undefined, undoLabel: undefined, action });
  }

  dismiss(id: number): void {
    this.hold(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** The clock stops while a pointer or the focus rests on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  resume(id: number): void {
    this.hold(id);
    if (this.list.find((toast) => toast.id === id)?.kind === 'done')
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), lifeMs),
      );
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    const same = this.list.filter((old) => old.title !== toast.title || old.text !== toast.text);
    const kept = same.length < 2 ? same : [same.findLast((old) => old.kind === 'refused') ?? same[same.length - 1]!];
    for (const old of this.list) if (!kept.includes(old)) this.hold(old.id);
    this.list = [...kept, { ...toast, id }];
    return id;
  }
}

export const toasts = new Toasts();
