import { describe } from 'vitest';
import { openPostgresStorage } from '#sync-server/storage/postgres-storage.ts';
import { createDatabase, databases } from '../databases.ts';
import { describeVersions, versionRooms } from './versions-contract.ts';

describe.skipIf(!databases.postgres.address)('versions in PostgreSQL', () => {
  describeVersions(async () => {
    const storage = await openPostgresStorage(await createDatabase());
    for (const room of versionRooms) await storage.leases.take(room);
    return storage;
  });
});
