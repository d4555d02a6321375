import type { Bench } from './bench-line.ts';
import { firstLoadBytes } from './first-load.ts';

const screens = {
  welcome: '',
  host: '[workspace]/live/[campaign]/host',
  customers: '[workspace]/customers',
  campaign: '[workspace]/campaigns/[campaign]',
} as const;

export const bench: Bench = async ({ print }) => {
  for (const [name, screen] of Object.entries(screens)) {
    print({
      name: `first-load-${name}`,
      lines: 0,
      ms: 0,
      runs: 1,
      peakMiB: 0,
      where: 'node',
      value: firstLoadBytes(screen),
      unit: 'bytes gzip',
    });
  }
};
