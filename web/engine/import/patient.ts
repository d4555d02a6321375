/**
 * A wait that ends. A file may stop giving (a network drive that is gone, a download that stands still) without ever
 * failing, and a wait for it would last for ever. Only time in which the thread has nothing to do counts: a thread that
 * is busy reading is late with its ticks and never called stalled.
 */
export const stalledAfterMs = 30_000;
const ticks = 30;

export class Stalled extends Error {}

/** Like the work itself, or a rejection with `Stalled`. */
export const patient = async <Value>(work: Promise<Value>, afterMs = stalledAfterMs): Promise<Value> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<never>((_, reject) => {
    let left = ticks;
    const tick = (): void => {
      if (--left < 0) reject(new Stalled());
      else timer = setTimeout(tick, afterMs / ticks);
    };
    tick();
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearTimeout(timer);
  }
};
