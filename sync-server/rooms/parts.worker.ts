import { parentPort } from 'node:worker_threads';
import type { PartsAnswer, PartsJob } from './off-thread.ts';
import { encodeMissing, mergeParts } from './snapshot.ts';

const run = ({ parts, stateVector }: PartsJob): Uint8Array =>
  stateVector === null ? mergeParts(parts) : encodeMissing(parts, stateVector);

parentPort?.on('message', (job: PartsJob) => {
  let answer: PartsAnswer;
  try {
    answer = { id: job.id, bytes: run(job) };
  } catch (error) {
    answer = { id: job.id, failure: String(error) };
  }
  parentPort?.postMessage(answer, 'bytes' in answer ? [answer.bytes.buffer as ArrayBuffer] : []);
});
