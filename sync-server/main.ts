/** Reads the configuration, opens Larder, prints its address, ends it on SIGTERM within ten seconds. */
import { explainFailure } from './commands/explain-failure.ts';
import { readConfiguration } from './configuration.ts';
import { openLarder } from './open-larder.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const note = (line: string): void => void process.stderr.write(`${line}\n`);
const complain = (error: unknown, about = ''): void => note(`larder: ${about}${explainFailure(error)}`);

// One forgotten promise must not take everybody's evening down; what is durable is durable already.
process.on('unhandledRejection', (reason) => complain(reason, 'unhandled '));

try {
  const larder = await openLarder(readConfiguration(), note);
  // Apart from all that was said before: it is what somebody who starts Larder looks for.
  const trust = larder.trustAddress ? [`tablets first: ${larder.trustAddress}`] : [];
  const hint = larder.isClaimElsewhere
    ? ['nobody owns this Larder yet; the process that started first prints the address with the claim']
    : [];
  say(['', larder.address, ...hint, ...trust, ''].join('\n'));

  let isClosing = false;
  const stop = (): void => {
    if (isClosing) return;
    isClosing = true;
    // Whatever hangs, the process is gone within ten seconds.
    setTimeout(() => process.exit(1), 9000).unref();
    larder.close().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  complain(error);
  process.exit(1);
}
