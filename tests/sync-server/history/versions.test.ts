import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { createSqliteStorage } from '#sync-server/storage/sqlite-storage.ts';
import { describeVersions } from './versions-contract.ts';

describe('versions in memory', () => describeVersions(async () => createMemoryStorage()));

describe('versions in SQLite', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
  describeVersions(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'larder-versions-'));
    folders.push(folder);
    return createSqliteStorage(folder);
  });
});
