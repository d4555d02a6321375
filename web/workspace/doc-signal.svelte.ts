/**
 * The only bridge from Yjs to runes. A signal reads a plain value from a shared type and re-reads it when that type
 * changes, but only while something on screen uses it (`createSubscriber`).
 */
import { createSubscriber } from 'svelte/reactivity';

export interface DocSignal<Value> {
  readonly current: Value;
}

/** What happened to a shared type or to something inside it. */
interface DocEvent {
  readonly path: readonly (string | number)[];
  readonly keys: ReadonlyMap<string, unknown>;
}

/** Any shared type. */
export interface ObservedType {
  observeDeep(listener: (events: readonly DocEvent[]) => void): void;
  unobserveDeep(listener: (events: readonly DocEvent[]) => void): void;
}

/** Re-reads `read()` whenever anything inside one of `types` changes. */
export const docSignal = <Value>(types: readonly ObservedType[], read: () => Value): DocSignal<Value> =>
  signalOf(types, () => undefined, read);

/**
 * The records of one map. `read` is given what it gave before and the keys of the records that changed since; neither,
 * when nobody listened meanwhile.
 */
export const recordsSignal = <Value>(
  map: ObservedType,
  read: (before?: Value, changed?: ReadonlySet<string>) => Value,
): DocSignal<Value> => {
  let before: Value | undefined;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- gathers what the next reading is about
  const changed = new Set<string>();
  const note = (events: readonly DocEvent[] | null): void => {
    if (events === null) before = undefined;
    for (const { path, keys } of events ?? [])
      for (const key of path.length > 0 ? [String(path[0])] : keys.keys()) changed.add(key);
  };
  return signalOf([map], note, () => {
    before = before === undefined ? read() : read(before, changed);
    changed.clear();
    return before;
  });
};

/** `note` hears what happened before it is read; null: it was not watched, anything may have. */
const signalOf = <Value>(
  types: readonly ObservedType[],
  note: (events: readonly DocEvent[] | null) => void,
  read: () => Value,
): DocSignal<Value> => {
  let value: Value;
  let isFresh = false;
  const subscribe = createSubscriber((update) => {
    const changed = (events: readonly DocEvent[]): void => {
      isFresh = false;
      note(events);
      update();
    };
    // A change that happened while nobody listened must not be missed.
    isFresh = false;
    note(null);
    for (const type of types) type.observeDeep(changed);
    return () => {
      for (const type of types) type.unobserveDeep(changed);
      isFresh = false;
      note(null);
    };
  });
  return {
    get current(): Value {
      subscribe();
      if (!isFresh) {
        value = read();
        isFresh = $effect.tracking();
        if (!isFresh) note(null);
      }
      return value;
    },
  };
};
