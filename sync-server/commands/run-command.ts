/** How a command ends: what a person can put right is one sentence, everything else its stack; both are exit code 1. */
import { BadBackup } from '#sync-server/backups/frames.ts';
import { explainFailure } from './explain-failure.ts';

export class UserMistake extends Error {}

const known = [UserMistake, BadBackup];

export const runCommand = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const { message } = error as Error;
    const isKnown = known.some((kind) => error instanceof kind);
    process.stderr.write(`larder: ${isKnown ? message : explainFailure(error)}\n`);
    process.exitCode = 1;
  }
};
