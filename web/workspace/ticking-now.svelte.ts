import { createSubscriber } from 'svelte/reactivity';

/** The workspace's clock for things that say how much time is left; ticks only while something shows it. */
export const tickingNow = (nowMs: () => number, everyMs = 15_000): { readonly current: number } => {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, everyMs);
    return () => clearInterval(timer);
  });
  return {
    get current(): number {
      subscribe();
      return nowMs();
    },
  };
};
