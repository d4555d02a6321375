/** At most so many attempts in a window for each address. */
export interface Attempts {
  /** Counts this attempt; false when it is one too many. */
  take(address: string): boolean;
}

export const createAttempts = (most: number, windowMs: number, nowMs: () => number): Attempts => {
  const byAddress = new Map<string, { fromMs: number; count: number }>();
  return {
    take: (address) => {
      const now = nowMs();
      if (byAddress.size > 10_000)
        for (const [key, { fromMs }] of byAddress) if (now - fromMs >= windowMs) byAddress.delete(key);
      const known = byAddress.get(address);
      if (!known || now - known.fromMs >= windowMs) {
        byAddress.set(address, { fromMs: now, count: 1 });
        return true;
      }
      known.count += 1;
      return known.count <= most;
    },
  };
};
