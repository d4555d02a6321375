/** While a file is taken in, what can wait leaves the machine to it. Across all tabs, by a lock. */
const lockName = 'larder/import';
/** A person may think about a file for as long as they like. */
const longestWaitMs = 20_000;
/** What it brought is drawn first. */
const restMs = 2000;

/** Until a moment after what it gives back is called. */
export const goFirst = (): (() => void) => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  void navigator.locks.request(lockName, { mode: 'shared' }, () => ended);
  return () => void setTimeout(end, restMs);
};

export const afterImports = (): Promise<void> =>
  navigator.locks
    .request(lockName, { signal: AbortSignal.timeout(longestWaitMs) }, () => undefined)
    .catch(() => undefined);
