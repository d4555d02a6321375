/**
 * The only bridge from Yjs to runes. A signal reads a plain value from a shared type and re-reads it when that type
 * changes, but only while something on screen uses it (`createSubscriber`).
 */
import { createSubscriber } from 'svelte/reactivity';

export interface DocSignal<Value> {
  readonly current: Value;
}

/** Any shared type. */
export interface ObservedType {
  observeDeep(listener: () => void): void;
  unobserveDeep(listener: () => void): void;
}

/** Re-reads `read()` whenever anything inside one of `types` changes. */
export const docSignal = <Value>(types: readonly ObservedType[], read: () => Value): DocSignal<Value> => {
  let value: Value;
  let isFresh = false;
  const subscribe = createSubscriber((update) => {
    const changed = (): void => {
      isFresh = false;
      update();
    };
    // A change that happened while nobody listened must not be missed.
    isFresh = false;
    for (const type of types) type.observeDeep(changed);
    return () => {
      for (const type of types) type.unobserveDeep(changed);
      isFresh = false;
    };
  });
  return {
    get current(): Value {
      subscribe();
      if (!isFresh) {
        value = read();
        isFresh = $effect.tracking();
      }
      return value;
    },
  };
};
