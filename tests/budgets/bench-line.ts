/** What a bench prints: one JSON line a figure, and how the figures are taken. */
export interface BenchLine {
  readonly name: string;
  /** Order lines, customers or cards: what the figure grows with. */
  readonly lines: number;
  /** Median of the runs. */
  readonly ms: number;
  readonly runs: number;
  /** Peak resident memory of the process after it, in MiB; 0 where it was not taken. */
  readonly peakMiB: number;
  readonly where: 'node' | 'chromium';
  /** A figure that is no time: coverage, bytes, a share. */
  readonly value?: number;
  readonly unit?: string;
}

export interface BenchChoice {
  /** Prefix of files made by a generator of order lines: `<prefix>.csv`. Null: the bench makes its own. */
  readonly data: string | null;
  /** Also in Chromium, where a bench can do both. */
  readonly isInBrowser: boolean;
  print(line: BenchLine): void;
}

/** Every `<name>.bench.ts` exports this as `bench`. */
export type Bench = (choice: BenchChoice) => Promise<void>;

/** With `--cpu` the time this thread was given, for a machine that others work on too; else the wall's. */
export const now = (): number => {
  if (!process.argv.includes('--cpu')) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

export const measure = async (runs: number, act: () => unknown): Promise<number> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = now();
    await act();
    times.push(now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
};

export const peakMiB = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);
