/** Reads a workspace's facts into a ledger and fits its parameters when they are due, off the main thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { countSample, isFitDue } from '#core/insight/profile/is-fit-due.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import type { FitAnswer, FitOrder } from './fit-aside.ts';

const { day, newest, products, withdrawnIds, excludedIds, records } = workerData as FitOrder;
const say = (answer: FitAnswer): void => parentPort?.postMessage(answer);

const readBlob = (hash: string): Promise<Uint8Array> =>
  new Promise((resolve) => {
    parentPort?.once('message', resolve);
    say({ say: 'wants', hash });
  });

const readLedger = async (): Promise<GrowingLedger> => {
  // Nothing is hashed here.
  const platform = createNodePlatform(new Uint8Array(32));
  const ledger = createLedger();
  ledger.setCatalogue(products);
  ledger.setWithdrawnImports(withdrawnIds);
  ledger.setExcluded(excludedIds);
  for (const record of records) {
    const packed = await platform.inflate(record.inline ?? (await readBlob(record.hash)), record.bytes);
    const taken = ledger.takeChunk(record, packed);
    if (!taken.ok) throw new Error(`chunk ${record.id} cannot be read: ${taken.error.kind}`);
  }
  return ledger;
};

const ledger = await readLedger();
const sample = countSample(ledger, day);
if (isFitDue(newest, day, sample.lines, sample.sketch)) {
  const { rfm: _chosen, ...parameters } = fitParameters(ledger, day);
  say({ say: 'fitted', fit: { parameters, ...sample } });
} else say({ say: 'not-due' });
parentPort?.close();
