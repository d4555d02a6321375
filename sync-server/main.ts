/** Reads the configuration, opens Larder, prints its address, ends it on SIGTERM within ten seconds. */
import { BadConfiguration, readConfiguration } from './configuration.ts';
import { DatabaseInUse } from './leases/keep-leases.ts';
import { openLarder } from './open-larder.ts';
import { DataFolderInUse } from './storage/sqlite-storage.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const note = (line: string): void => void process.stderr.write(`${line}\n`);
const complain = (text: string): void => note(`larder: ${text}`);

/** What a person can put right gets a sentence, everything else its stack. */
const explain = (error: unknown): string => {
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string };
  if ([BadConfiguration, DataFolderInUse, DatabaseInUse].some((kind) => error instanceof kind)) return message ?? '';
  if (code === 'EADDRINUSE') return `PORT is in use by another program (${message}); stop it or choose another PORT`;
  if (code === 'EADDRNOTAVAIL') return `HOST is not an address of this machine (${message})`;
  if (code && ['EACCES', 'EEXIST', 'ENOTDIR', 'EROFS'].includes(code))
    return `LARDER_DATA cannot be written (${message})`;
  return stack ?? String(error);
};

// One forgotten promise must not take everybody's evening down; what is durable is durable already.
process.on('unhandledRejection', (reason) => complain(`unhandled ${explain(reason)}`));

try {
  const larder = await openLarder(readConfiguration(), note);
  // Apart from all that was said before: it is what somebody who starts Larder looks for.
  const trust = larder.trustAddress ? [`tablets first: ${larder.trustAddress}`] : [];
  say(['', larder.address, ...trust, ''].join('\n'));

  let isClosing = false;
  const stop = (): void => {
    if (isClosing) return;
    isClosing = true;
    // Whatever hangs, the process is gone within ten seconds.
    setTimeout(() => process.exit(1), 9000).unref();
    larder.close().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(explain(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  complain(explain(error));
  process.exit(1);
}
