import { parentPort, workerData } from 'node:worker_threads';
import { type StoredParts, mergeParts } from './snapshot.ts';

parentPort?.postMessage(mergeParts(workerData as StoredParts));
