/**
 * `npm run owner-link -- [<brand>] [--owner <name>]`: for whoever may run commands here, a link that signs an owner in on
 * the device that opens it, for an hour and one use; for when no owner is left who could let anybody in (a restore, a
 * lost device without a passkey). While the server runs, or while it does not.
 */
import type { OwnerLink, OwnerUnclear, OwnerWanted } from '#sync-server/access/access.ts';
import { createAccess } from '#sync-server/access/create-access.ts';
import { askDoor } from '#sync-server/backups/door.ts';
import { type Configuration, readConfiguration } from '#sync-server/configuration.ts';
import type { Result } from '#core/result.ts';
import { openExistingStorage } from '#sync-server/storage/open-storage.ts';
import { readOptions } from './read-options.ts';
import { runCommand, UserMistake } from './run-command.ts';

type Target = Pick<Configuration, 'data' | 'database'>;
type Linked = Result<OwnerLink, OwnerUnclear>;

const usage = 'npm run owner-link -- [<brand>] [--owner <name>]';

export const linkOwner = async (target: Target, wanted: OwnerWanted): Promise<OwnerLink> => {
  const linked = (await askServer(target.data, wanted)) ?? (await linkAtRest(target, wanted));
  if (linked.ok) return linked.value;
  const { error } = linked;
  if (error.among.length === 0)
    throw new UserMistake('there is no brand here yet: the address of the first start makes one');
  const list =
    error.kind === 'which-brand'
      ? error.among.map(({ id, brand }) => `  ${id}  ${brand}`)
      : error.among.map(({ id, name }) => `  ${id}  ${name}`);
  const what = error.kind === 'which-brand' ? 'brand' : 'owner';
  throw new UserMistake([`say which ${what}, by id or name: ${usage}`, ...list].join('\n'));
};

/** Null when none runs. */
const askServer = async (data: string, wanted: OwnerWanted): Promise<Linked | null> => {
  const parts: Uint8Array[] = [];
  const isThere = await askDoor(data, '/owner-link', wanted, async (bytes) => void parts.push(bytes));
  return isThere ? (JSON.parse(Buffer.concat(parts).toString('utf8')) as Linked) : null;
};

const linkAtRest = async (target: Target, wanted: OwnerWanted): Promise<Linked> => {
  const storage = await openExistingStorage(target);
  try {
    return await createAccess({ records: storage.records, nowMs: () => Date.now() }).linkOwner(wanted);
  } finally {
    await storage.close();
  }
};

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    const { values, positionals } = readOptions(usage, { owner: { type: 'string' } }, { hasNames: true });
    if (positionals.length > 1) throw new UserMistake(`a name of several words goes in quotes: ${usage}`);
    const configuration = readConfiguration();
    const { token, brand, name } = await linkOwner(configuration, { brand: positionals[0], owner: values.owner });
    const isElsewhere = configuration.isBehindProxy || configuration.certificate !== null;
    const origin = isElsewhere ? 'https://<your address>' : `http://127.0.0.1:${configuration.port}`;
    const lines = [
      `Whoever opens this within an hour is ${name}, owner of ${brand}. It works once.`,
      `${origin}/join#invitation=${token}`,
      ...(isElsewhere ? [] : ['On another device write the address that Larder has there in place of the first part.']),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  });
