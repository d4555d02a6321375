/** One fit on a thread of its own, which is given chunks as it asks for them and is gone when it has answered. */
import { Worker } from 'node:worker_threads';
import type { LedgerCatalogueProduct } from '#core/datasets/ledger-building.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import type { ParameterRecord } from '#core/insight/profile/parameters.doc.ts';
import type { BusinessDay } from '#core/units/business-day.ts';

export interface FitOrder {
  /** Facts up to its evening are learnt from. */
  readonly day: BusinessDay;
  readonly newest: Pick<ParameterRecord, 'fittedDay' | 'lines' | 'sketch'> | null;
  readonly products: readonly LedgerCatalogueProduct[];
  readonly withdrawnIds: ReadonlySet<string>;
  readonly excludedIds: ReadonlySet<string>;
  readonly records: readonly ManifestRecord[];
}

export type Fit = Pick<ParameterRecord, 'parameters' | 'lines' | 'customers' | 'sketch'>;

export type FitAnswer =
  | { readonly say: 'wants'; readonly hash: string }
  | { readonly say: 'not-due' }
  | { readonly say: 'fitted'; readonly fit: Fit };

/** Objects of a fit; the columns of the ledger come on top, some 100 bytes an order line. */
const mostHeapMb = 512;

/** Null when none was due. Rejects with the signal's reason when it is over before, or before it begins. */
export const fitAside = async (
  order: FitOrder,
  readBlob: (hash: string) => Promise<Uint8Array | null>,
  signal: AbortSignal,
): Promise<Fit | null> => {
  // A signal that was given already is not heard.
  signal.throwIfAborted();
  const worker = new Worker(new URL('./fit.worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
  });
  return new Promise<Fit | null>((resolve, reject) => {
    const give = async (hash: string): Promise<void> => {
      const stored = await readBlob(hash);
      if (stored) worker.postMessage(stored);
      else reject(new Error(`chunk ${hash} is not there`));
    };
    worker.on('message', (answer: FitAnswer) => {
      if (answer.say === 'wants') give(answer.hash).catch(reject);
      else resolve(answer.say === 'fitted' ? answer.fit : null);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the fit's thread ended with ${code}`)));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  }).finally(() => worker.terminate());
};
