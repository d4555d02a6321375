/** Reads the configuration, opens Larder, prints its address, ends it on SIGTERM within ten seconds. */
import { BadConfiguration, readConfiguration } from './configuration.ts';
import { openLarder } from './open-larder.ts';
import { DataFolderInUse } from './storage/sqlite-storage.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`larder: ${text}\n`);

try {
  const larder = await openLarder(readConfiguration(), complain);
  say(larder.address);
  if (larder.trustAddress) say(`tablets first: ${larder.trustAddress}`);

  let isClosing = false;
  const stop = (): void => {
    if (isClosing) return;
    isClosing = true;
    // Whatever hangs, the process is gone within ten seconds.
    setTimeout(() => process.exit(1), 9000).unref();
    larder.close().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(String(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  const isExpected =
    error instanceof BadConfiguration ||
    error instanceof DataFolderInUse ||
    (error as { code?: string }).code === 'EADDRINUSE';
  complain(isExpected ? (error as Error).message : ((error as Error).stack ?? String(error)));
  process.exit(1);
}
