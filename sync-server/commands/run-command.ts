/** How a command ends: what a person can put right is one sentence, everything else its stack; both are exit code 1. */
import { BadBackup } from '#sync-server/backups/frames.ts';
import { BadConfiguration } from '#sync-server/configuration.ts';
import { DataFolderInUse } from '#sync-server/storage/sqlite-storage.ts';

export class UserMistake extends Error {}

const known = [UserMistake, BadConfiguration, DataFolderInUse, BadBackup];

export const runCommand = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const { message, stack } = error as Error;
    const isKnown =
      known.some((kind) => error instanceof kind) ||
      (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    process.stderr.write(`larder: ${isKnown ? message : (stack ?? String(error))}\n`);
    process.exitCode = 1;
  }
};
