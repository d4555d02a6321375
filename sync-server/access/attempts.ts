/** At most so many attempts in a window for each address, counted here and, where there are several processes, by all. */
export interface Attempts {
  /** Counts this attempt; false when it is one too many. */
  take(address: string): Promise<boolean>;
}

/** Counts for all processes, and starts anew when the window has passed; null while nobody can. */
export type CountTogether = (key: string, windowMs: number) => Promise<number | null>;

export const createAttempts = (
  most: number,
  windowMs: number,
  nowMs: () => number,
  countTogether: CountTogether,
): Attempts => {
  const byAddress = new Map<string, { fromMs: number; count: number }>();
  const countHere = (address: string): number => {
    const now = nowMs();
    if (byAddress.size > 10_000)
      for (const [key, { fromMs }] of byAddress) if (now - fromMs >= windowMs) byAddress.delete(key);
    const known = byAddress.get(address);
    if (known && now - known.fromMs < windowMs) return (known.count += 1);
    byAddress.set(address, { fromMs: now, count: 1 });
    return 1;
  };
  return {
    take: async (address) =>
      countHere(address) <= most && ((await countTogether(`attempts:${address}`, windowMs)) ?? 0) <= most,
  };
};
