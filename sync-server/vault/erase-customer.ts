/**
 * Takes one person out of everything this server holds of a workspace. The list comes first: from then on nothing that
 * names the person comes in. Then every facts document is rewritten, its snapshots and log are retaken, blobs, contact
 * details, refused events and what a broadcast showed go; free text is searched and handed to a person to clean. Killed
 * halfway, it is done again at the next start.
 */
import { setImmediate as yieldTurn } from 'node:timers/promises';
import type { Fact } from '#core/datasets/fact.ts';
import { readEveryRecord, replaceManifestRecords, writeErasureCount } from '#core/datasets/manifest.doc.ts';
import { forgetNicknames } from '#core/live/forget-nicknames.doc.ts';
import type { CustomerId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import { findText, type FoundText } from '#core/workspace/find-text.doc.ts';
import type { Access } from '#sync-server/access/access.ts';
import { createId } from '#sync-server/access/secrets.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { type HeldBackup, listBackups } from './backups.ts';
import type { ChunkScreen } from './chunk-screen.ts';
import type { ContactVault } from './contact-vault.ts';
import type { ErasureList } from './erasure-list.ts';
import { factsRooms, readPerson } from './read-person.ts';

export interface EraseDeps {
  readonly rooms: Pick<Rooms, 'read' | 'change' | 'retake'>;
  readonly storage: Pick<Storage, 'log' | 'blobs' | 'records'>;
  readonly access: Pick<Access, 'audit'>;
  readonly list: ErasureList;
  readonly screen: ChunkScreen;
  readonly vault: ContactVault;
  platformOf(workspace: string): Promise<Platform>;
  nowMs(): number;
  report(kind: string, detail: string): void;
}

export interface FoundInRoom extends FoundText {
  /** After the workspace: `campaign/c1`. */
  readonly path: string;
}

export interface ErasureAnswer {
  readonly id: string;
  /** How many facts went, by kind. */
  readonly facts: Readonly<Partial<Record<Fact['kind'], number>>>;
  readonly contacts: number;
  /** Refused events that named the person. */
  readonly deadLetters: number;
  /** What was searched for, so that it can be searched for again; it is stored nowhere. */
  readonly words: readonly string[];
  /** Free text for a person to clean. */
  readonly texts: readonly FoundInRoom[];
  /** Chunks that could not be read, and so not be looked into. */
  readonly unread: number;
  readonly backups: readonly HeldBackup[];
}

export interface Eraser {
  erase(workspace: string, customer: CustomerId, member: string): Promise<ErasureAnswer>;
  /** Searches again, and retakes what was cleaned. */
  search(workspace: string, words: readonly string[]): Promise<readonly FoundInRoom[]>;
  /** Ids that turned out to be an erased person's. */
  found(workspace: string, customers: readonly string[]): void;
  /** One document, once what it names has been screened. */
  settleRoom(room: string): Promise<void>;
  /** What a crash left undone, and what came with a restored backup. */
  resume(workspaces: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

type Counts = Partial<Record<Fact['kind'], number>>;

export const createEraser = (deps: EraseDeps): Eraser => {
  const { rooms, storage, list, screen, nowMs, report } = deps;
  /** One after another: two at once would rewrite each other's chunks. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Answer>(act: () => Promise<Answer>): Promise<Answer> => {
    const next = turn.then(act);
    turn = next.catch(() => undefined);
    return next;
  };

  const settleRoom = async (
    room: string,
    counts: Counts = {},
  ): Promise<{ unread: number; found: readonly string[] }> => {
    const workspace = workspaceOf(room);
    const erased = await list.read(workspace);
    const every = await rooms.read(room, readEveryRecord);
    const plan = await screen.plan(room, every, erased);
    for (const { kind } of plan.rows) counts[kind] = (counts[kind] ?? 0) + 1;
    if (plan.replaced.size > 0)
      await rooms.change(room, 'erase', (doc) => replaceManifestRecords(doc, plan.replaced, 'erase'));
    await screen.forgetBlobs(
      workspace,
      plan,
      every.map(({ record }) => record),
    );
    await yieldTurn();
    return { unread: plan.unread.length, found: plan.customers };
  };

  /** Every facts document, until no further id of an erased person turns up. */
  const settleFacts = async (workspace: string, id: string, counts: Counts): Promise<number> => {
    for (;;) {
      let unread = 0;
      const found = new Set<string>();
      for (const room of await factsRooms(deps, workspace)) {
        const settled = await settleRoom(room, counts);
        unread += settled.unread;
        for (const customer of settled.found) found.add(customer);
      }
      if (found.size === 0) return unread;
      await addCustomers(workspace, id, [...found]);
    }
  };

  const addCustomers = async (workspace: string, id: string, customers: readonly string[]): Promise<void> => {
    const erasure = (await list.read(workspace)).erasures.find((one) => one.id === id);
    if (erasure)
      await list.put(workspace, { ...erasure, customers: [...new Set([...erasure.customers, ...customers])] });
  };

  /** Blobs that were sent and not named yet. */
  const settleBlobs = async (workspace: string): Promise<void> => {
    const named = new Set<string>();
    for (const room of await factsRooms(deps, workspace))
      for (const { record } of await rooms.read(room, readEveryRecord)) named.add(record.hash);
    const platform = await deps.platformOf(workspace);
    for (const { hash } of await storage.blobs.list(workspace)) {
      if (named.has(hash)) continue;
      const stored = await storage.blobs.read(workspace, hash);
      const packed = stored && (await platform.inflate(stored, mostPackedBytes).catch(() => null));
      if (packed && (await screen.screenBlob(workspace, hash, packed))) await storage.blobs.remove(workspace, hash);
      await yieldTurn();
    }
  };

  const search = async (workspace: string, words: readonly string[]): Promise<readonly FoundInRoom[]> => {
    const texts: FoundInRoom[] = [];
    for (const room of await storage.log.list(workspace)) {
      const path = room.slice(workspace.length + 1);
      if (path.startsWith('facts')) continue;
      const found = await rooms.read(room, (doc) => findText(doc, words));
      texts.push(...found.map((text) => ({ ...text, path })));
      await yieldTurn();
    }
    return texts;
  };

  /** Logs and snapshots still hold what a document no longer does. */
  const retakeAll = async (workspace: string): Promise<void> => {
    for (const room of await storage.log.list(workspace)) {
      await rooms.retake(room);
      await yieldTurn();
    }
  };

  const forgetNames = async (workspace: string, names: readonly string[]): Promise<void> => {
    const nicknames = new Set(names);
    for (const room of await storage.log.list(workspace))
      if (room.startsWith(`${workspace}/broadcast/`))
        await rooms.change(room, 'erase', (doc) => forgetNicknames(doc, nicknames));
  };

  const dropDeadLetters = async (workspace: string, words: readonly string[]): Promise<number> => {
    const letters = await storage.records.list('dead-letters', `${workspace}/`);
    const named = letters.filter(({ value }) => words.some((word) => JSON.stringify(value).includes(word)));
    await storage.records.write(named.map(({ key }) => ({ collection: 'dead-letters', key, value: null })));
    return named.length;
  };

  const takeOut = async (workspace: string, id: string, names: readonly string[], words: readonly string[]) => {
    const facts: Counts = {};
    const unread = await settleFacts(workspace, id, facts);
    await settleBlobs(workspace);
    await forgetNames(workspace, names);
    const erasure = (await list.read(workspace)).erasures.find((one) => one.id === id);
    const contacts = await deps.vault.forget(workspace, erasure?.customers ?? []);
    const deadLetters = await dropDeadLetters(workspace, words);
    await retakeAll(workspace);
    if (erasure) await list.put(workspace, { ...erasure, isRunning: false });
    const { erasures } = await list.read(workspace);
    await rooms.change(`${workspace}/facts-index`, 'erase', (doc) => writeErasureCount(doc, erasures.length));
    return { facts, unread, contacts, deadLetters };
  };

  return {
    erase: (workspace, customer, member) =>
      inTurn(async () => {
        const person = await readPerson(deps, await deps.platformOf(workspace), workspace, customer);
        const customers = [...person.customers];
        const { contacts } = await deps.vault.read(workspace, customers);
        const words = [...new Set([...person.names, ...contacts.map(({ clear }) => clear)])];
        const id = createId();
        await list.put(workspace, { id, atMs: nowMs(), member, customers, keys: person.keys, isRunning: true });
        const taken = await takeOut(workspace, id, person.names, words);
        await deps.access.audit(workspace, { kind: 'customer-erased', member, detail: customer });
        const texts = await search(workspace, words);
        return { id, ...taken, words, texts, backups: await listBackups(storage.records, nowMs()) };
      }),
    search: (workspace, words) =>
      inTurn(async () => {
        await retakeAll(workspace);
        return search(workspace, words);
      }),
    found: (workspace, customers) => {
      inTurn(async () => {
        // Whose key it was is not known any more: the newest entry takes it, and all of them count together.
        const { erasures, customers: known } = await list.read(workspace);
        const newest = erasures.at(-1);
        if (!newest || customers.every((customer) => known.has(customer))) return;
        await addCustomers(workspace, newest.id, customers);
        await takeOut(workspace, newest.id, [], []);
      }).catch((error: unknown) => report('erasure', String(error)));
    },
    settleRoom: (room) => inTurn(async () => void (await settleRoom(room))),
    resume: async (workspaces) => {
      for (const workspace of workspaces)
        for (const { id, isRunning } of (await list.read(workspace)).erasures)
          if (isRunning) await inTurn(() => takeOut(workspace, id, [], []));
    },
    close: async () => void (await turn),
  };
};

const mostPackedBytes = 4 * 1024 * 1024;

const workspaceOf = (room: string): string => room.slice(0, room.indexOf('/'));
