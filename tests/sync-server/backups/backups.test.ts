import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCard, readCampaign, removeCard } from '#core/campaigns/campaign.doc.ts';
import { openDoor } from '#sync-server/backups/door.ts';
import { sidecarOf, writeSidecars } from '#sync-server/backups/erasure-sidecar.ts';
import { BadBackup } from '#sync-server/backups/frames.ts';
import { handOutBackup } from '#sync-server/backups/hand-out-backup.ts';
import { askPassphrase, backup } from '#sync-server/commands/backup.ts';
import { linkOwner } from '#sync-server/commands/owner-link.ts';
import { restore, type Restored } from '#sync-server/commands/restore.ts';
import { UserMistake } from '#sync-server/commands/run-command.ts';
import { Versions, docFrom } from '#sync-server/history/versions.ts';
import { createSqliteStorage } from '#sync-server/storage/sqlite-storage.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { createContactVault } from '#sync-server/vault/contact-vault.ts';
import { openKeyRing } from '#sync-server/vault/key-file.ts';
import { createKeyRing } from '#sync-server/vault/key-ring.ts';
import { type ErasureRig, gone, manyLines, nickname, openErasureRig, phone, stays } from '../vault/erasure-rig.ts';
import { contentsOf, key, writeTo } from './backup-rig.ts';

let rig: ErasureRig;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'larder-backup-'));
  rig = await openErasureRig();
  await rig.bring('facts/orders/2026-02', manyLines(gone, stays));
});
afterEach(async () => {
  await rig.http.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);
const restoreTo = (data: string, file: string, passphrase = ''): Promise<Restored> =>
  restore({ data, keys: null, database: null }, file, { erasures: null, passphrase: async () => passphrase });

test('[BAK1, BAK7, PKY6] what is restored equals the source; who was signed in signs in again', async () => {
  await rig.http.join(rig.owner, rig.workspace, 'host');
  await writeTo(rig.http.storage, at('b'));
  const done = await restoreTo(at('data'), at('b'));
  expect(done).toMatchObject({ documents: 3, blobs: 1, sessionsEnded: 2, hasKey: false, erasuresReplayed: 0 });
  expect(readdirSync(at('data')).sort()).toEqual(['blobs', 'larder.sqlite']);
  const restored = createSqliteStorage(at('data'));
  expect(await contentsOf(restored)).toEqual(await contentsOf(rig.http.storage));
  expect(await restored.records.list('sessions')).toEqual([]);
  expect(await restored.records.list('members')).toHaveLength(2);
  const audit = (await restored.records.list('audit')).map(({ value }) => (value as { kind: string }).kind);
  expect(audit.at(-1)).toBe('restored');
  await restored.close();
  const { token, name } = await linkOwner({ data: at('data'), database: null }, {});
  expect([token.length, name]).toEqual([22, 'Ann']);
  await expect(linkOwner({ data: at('data'), database: null }, { owner: 'Bo' })).rejects.toThrow(
    /which owner.*\n.*Ann/,
  );
  await expect(linkOwner({ data: at('none'), database: null }, {})).rejects.toThrow('there is no Larder at');
});

test('[VER10] versions and who changed what come back with a backup', async () => {
  const { http, owner, workspace } = rig;
  const room = `${workspace}/campaign/c1`;
  await http.rooms.change(room, 'test', (doc) => void addCard(doc, { id: 'a', title: 'Poster' }));
  const path = `/api/workspaces/${workspace}`;
  const named = await http.ask(owner, 'POST', `${path}/versions`, { name: 'Plan', paths: ['campaign/c1'] });
  const id = String(named.body['id']);
  await http.rooms.change(room, 'test', (doc) => void removeCard(doc, 'a'));
  const restore = { version: id, objects: [{ path: 'campaign/c1', collection: 'cards', id: 'a' }] };
  await http.ask(owner, 'POST', `${path}/restores`, restore);
  await writeTo(http.storage, at('with.larder-backup'));
  await restoreTo(at('back'), at('with.larder-backup'));
  const storage = createSqliteStorage(at('back'));
  const versions = new Versions({ storage });
  // Both may be of one millisecond: which is listed first is chance then.
  expect((await versions.list(room)).map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    'before-restore ',
    'named Plan',
  ]);
  expect(readCampaign(docFrom(await versions.read(room, id))).cards[0]?.title).toBe('Poster');
  expect((await storage.records.list('changes', `${room}/`)).map(({ value }) => value)).toMatchObject([
    { kind: 'restore', version: id },
  ]);
  await storage.close();
});

test('[BAK2] made while people write, every document is whole and has every blob it names', async () => {
  let isWriting = true;
  const vectorsBefore = (await contentsOf(rig.http.storage)).documents;
  const writing = (async () => {
    for (let round = 0; isWriting; round += 1) {
      await rig.bring(
        `facts/orders/2026-${String(3 + (round % 3)).padStart(2, '0')}`,
        manyLines(stays).slice(round % 7),
      );
      await rig.http.rooms.change(`${rig.workspace}/settings`, 'test', (doc) => doc.getText('brand').insert(0, 'x'));
    }
  })();
  const slow: Pick<Storage, 'log' | 'records' | 'blobs'> = {
    ...rig.http.storage,
    log: {
      ...rig.http.storage.log,
      read: async (...asked) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return rig.http.storage.log.read(...asked);
      },
    },
  };
  await writeTo(slow, at('b'));
  isWriting = false;
  await writing;
  await restoreTo(at('data'), at('b'));
  const restored = createSqliteStorage(at('data'));
  const contents = await contentsOf(restored);
  for (const [room, value] of contents.documents) {
    const { vector, manifest } = value;
    const before = vectorsBefore.get(room)?.vector ?? new Map<number, number>();
    for (const [client, clock] of before) expect(vector.get(client)).toBeGreaterThanOrEqual(clock);
    expect(manifest.skipped).toBe(0);
    for (const { hash, inline } of manifest.records) expect(inline !== null || contents.stored.has(hash)).toBe(true);
  }
  expect(contents.documents.size).toBeGreaterThan(3);
  await restored.close();
});

test('[BAK4] the folder itself stays, so that it may be a volume, and only what was restored is in it', async () => {
  await writeTo(rig.http.storage, at('b'));
  mkdirSync(at('volume/.restoring/blobs'), { recursive: true });
  writeFileSync(at('volume/.restoring/larder.sqlite'), 'of one that was killed');
  const { ino } = statSync(at('volume'));
  await restoreTo(at('volume'), at('b'));
  expect(statSync(at('volume')).ino).toBe(ino);
  expect(readdirSync(at('volume')).filter((name) => !['blobs', 'larder.key'].includes(name))).toEqual([
    'larder.sqlite',
  ]);
  expect(readdirSync(folder).sort()).toEqual(['b', 'volume']);
  const storage = createSqliteStorage(at('volume'));
  expect((await contentsOf(storage)).documents).toEqual((await contentsOf(rig.http.storage)).documents);
  await storage.close();
});

test('[BAK3, BAK4] a damaged file and a folder that is not empty are refused, and nothing is touched', async () => {
  await writeTo(rig.http.storage, at('b'));
  const whole = readFileSync(at('b'));
  const middle = Buffer.from(whole);
  middle[Math.floor(whole.length / 2)]! ^= 1;
  for (const bytes of [
    middle,
    whole.subarray(0, -1),
    Buffer.concat([whole, whole.subarray(0, 1)]),
    Buffer.from('no'),
    Buffer.alloc(0),
  ]) {
    writeFileSync(at('bad'), bytes);
    await expect(restoreTo(at('data'), at('bad'))).rejects.toThrow(BadBackup);
  }
  expect(existsSync(at('data'))).toBe(false);
  mkdirSync(at('data'));
  writeFileSync(at('data/larder.sqlite'), 'somebody’s');
  await expect(restoreTo(at('data'), at('b'))).rejects.toThrow(UserMistake);
  expect(readFileSync(at('data/larder.sqlite'), 'utf8')).toBe('somebody’s');
  expect(readdirSync(folder).sort()).toEqual(['b', 'bad', 'data']);
});

test('[BAK5, BAK6, BAK9, BAK10, BAK12] the key travels under a passphrase only; at rest the command opens the storage itself', async () => {
  const contact = { customer: stays, kind: 'phone' as const, clear: phone };
  const source = createSqliteStorage(at('source'));
  const ring = await openKeyRing(at('source'), null);
  await createContactVault({ records: source.records, ring }).keep('w', [contact]);
  await source.close();
  const from = { data: at('source'), keys: null, database: null };
  await backup(from, at('plain'), { keepDays: 30, passphrase: '' });
  await expect(backup(from, at('plain'), { keepDays: 30, passphrase: '' })).rejects.toThrow('--force');
  await backup(from, at('plain'), { keepDays: 30, passphrase: '', mayReplace: true });
  await backup(from, at('sealed'), { keepDays: 30, passphrase: 'correct horse battery' });
  for (const name of ['plain', 'sealed']) {
    const bytes = readFileSync(at(name));
    for (const secret of ring.keys) expect(bytes.includes(Buffer.from(secret))).toBe(false);
    expect(bytes.includes(phone)).toBe(false);
  }
  expect((await restoreTo(at('without'), at('plain'))).hasKey).toBe(false);
  await expect(restoreTo(at('with'), at('sealed'), 'wrong')).rejects.toThrow('passphrase');
  expect(existsSync(at('with'))).toBe(false);
  expect((await restoreTo(at('with'), at('sealed'), 'correct horse battery')).hasKey).toBe(true);
  const restored = createSqliteStorage(at('with'));
  const vault = createContactVault({ records: restored.records, ring: await openKeyRing(at('with'), null) });
  expect((await vault.read('w', [stays])).contacts).toEqual([contact]);
  expect((await restored.records.list('backups')).map(({ value }) => value)).toMatchObject([
    { name: 'plain' },
    { name: 'sealed' },
  ]);
  await restored.close();
});

test('[BAK8] who was erased after the backup is erased again, and nothing of them is in the restored storage', async () => {
  const { storage } = rig.http;
  writeFileSync(at('b'), '');
  const deps = { storage, ring: createKeyRing([key]), nowMs: () => 1 };
  await handOutBackup(deps, { path: at('b'), untilMs: 9e15, passphrase: '' }, (bytes) => appendFile(at('b'), bytes));
  await rig.erase();
  expect(readFileSync(sidecarOf(at('b')), 'utf8')).not.toContain(nickname);
  const done = await restoreTo(at('data'), at('b'));
  expect(done.erasuresReplayed).toBe(1);
  const restored = createSqliteStorage(at('data'));
  const { documents, stored } = await contentsOf(restored);
  const source = await contentsOf(storage);
  expect([...stored.keys()]).toEqual([...source.stored.keys()]);
  const linesOf = (all: typeof documents): number =>
    [...all.values()].reduce(
      (sum, { manifest }) => sum + manifest.records.reduce((lines, record) => lines + record.lines, 0),
      0,
    );
  expect(linesOf(documents)).toBe(linesOf(source.documents));
  await restored.close();
  const everything = readFileSync(at('data/larder.sqlite')).toString('utf8');
  for (const text of [nickname, 'order-gone', 'oGONE']) expect(everything).not.toContain(text);
  // A sidecar that cannot be written is told, and stops nothing.
  rmSync(sidecarOf(at('b')));
  mkdirSync(sidecarOf(at('b')));
  const told: string[] = [];
  await writeSidecars(storage.records, (kind) => void told.push(kind));
  expect(told).toEqual(['erasures-not-beside-backup']);
});

test('[BAK10, PKY6] a running server hands its backup, and an owner’s link, out through the door', async () => {
  mkdirSync(at('data'));
  const deps = { storage: rig.http.storage, ring: createKeyRing([key]), nowMs: () => Date.now() };
  const door = await openDoor(
    at('data'),
    { backup: (wanted, sink) => handOutBackup(deps, wanted, sink), ownerLink: rig.http.access.linkOwner },
    () => {},
  );
  await backup({ data: at('data'), keys: null, database: null }, at('b'), { keepDays: 1, passphrase: '' });
  expect(await restoreTo(at('restored'), at('b'))).toMatchObject({ documents: 3, blobs: 1 });
  const { token } = await linkOwner({ data: at('data'), database: null }, { brand: 'North Slope' });
  expect(await rig.http.access.lookAtInvitation(token, null)).toMatchObject({ ok: true });
  await expect(
    backup({ data: at('data'), keys: null, database: null }, at('no/such/folder'), { keepDays: 1, passphrase: '' }),
  ).rejects.toThrow(UserMistake);
  await door.close();
  expect(readdirSync(at('data'))).toEqual([]);
});

test('[BAK12] where there is no Larder a command says so and creates nothing', async () => {
  const nowhere = { data: at('nowhere'), keys: null, database: null };
  await expect(backup(nowhere, at('b'), { keepDays: 1, passphrase: '' })).rejects.toThrow('there is no Larder at');
  const command = join(import.meta.dirname, '../../../sync-server/commands/rotate-key.ts');
  const { status, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', command], {
    env: { ...process.env, LARDER_DATA: nowhere.data },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([1, `larder: there is no Larder at ${nowhere.data} (LARDER_DATA)\n`]);
  expect(readdirSync(folder)).toEqual([]);
});

test('[BAK13] a passphrase comes from what is typed or piped, and where nothing comes a sentence asks for it', async () => {
  expect(await askPassphrase('Passphrase', Readable.from(['twelve letters']))).toBe('twelve letters');
  await expect(askPassphrase('Passphrase', Readable.from([]))).rejects.toThrow('set LARDER_PASSPHRASE');
});
