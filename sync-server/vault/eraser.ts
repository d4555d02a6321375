/**
 * Takes one person out of everything this server holds of a workspace. The list comes first: from then on nothing that
 * names the person comes in. Then refused events and what a broadcast showed go, versions lose ids and numbers, every
 * facts document is rewritten, blobs and contact details go, and snapshots and logs are retaken; free text is searched
 * and handed to a person to clean. Killed halfway, it is done again at the next start.
 */
import { setImmediate as yieldTurn } from 'node:timers/promises';
import { readPerson } from '#core/datasets/erasure/read-person.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { type ManifestRecord, mostPackedBytes } from '#core/datasets/manifest-record.ts';
import { readEveryRecord, replaceManifestRecords, writeErasureCount } from '#core/datasets/manifest.doc.ts';
import { forgetNicknames } from '#core/live/forget-nicknames.doc.ts';
import { withoutCountry } from '#core/intake/customer-key.ts';
import type { CustomerId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import { findText, type FoundText } from '#core/workspace/find-text.doc.ts';
import type { Version } from '#core/workspace/history/version.ts';
import { workspaceOf } from '#core/workspace/rooms.ts';
import type { Access } from '#sync-server/access/access.ts';
import { createId } from '#sync-server/access/secrets.ts';
import type { Versions } from '#sync-server/history/versions.ts';
import type { Retakes } from '#sync-server/rooms/retakes.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { type HeldBackup, listBackups } from './backups.ts';
import type { ChunkScreen } from './chunk-screen.ts';
import type { ContactVault } from './contact-vault.ts';
import type { Erasure, ErasureList } from './erasure-list.ts';
import { eachChunkOf, factsRooms } from './facts-of.ts';

export interface EraseDeps {
  readonly rooms: Pick<Rooms, 'read' | 'change'>;
  readonly retakes: Pick<Retakes, 'retake'>;
  readonly storage: Pick<Storage, 'log' | 'blobs' | 'records'>;
  readonly access: Pick<Access, 'audit'>;
  readonly list: ErasureList;
  readonly screen: ChunkScreen;
  readonly vault: ContactVault;
  readonly versions: Pick<Versions, 'find' | 'forget'>;
  /** Messages to these people that wait to be sent, or were. */
  forgetMessages(workspace: string, customers: readonly string[]): Promise<void>;
  platformOf(workspace: string): Promise<Platform>;
  nowMs(): number;
  /** After each change of the list: backups learn of it. */
  listed(): Promise<void>;
  report(kind: string, detail: string): void;
}

export interface FoundInRoom extends FoundText {
  /** After the workspace: `campaign/c1`. */
  readonly path: string;
  /** In a version of the document: whoever cleans it removes the version. */
  readonly version?: Version;
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
  /** Those that may hold the person. */
  readonly backups: readonly HeldBackup[];
}

interface Person {
  readonly customers: readonly string[];
  readonly keys: readonly string[];
  readonly names: readonly string[];
  /** Names, numbers and addresses. */
  readonly words: readonly string[];
}

/** What an erasure took out of the facts. */
interface Taken {
  readonly facts: Partial<Record<Fact['kind'], number>>;
  /** None of it was here earlier. */
  sinceMs: number;
}

/** Clocks of devices may be off by so much and nobody minds. */
const clockMs = 86_400_000;

export class Eraser {
  readonly #deps: EraseDeps;
  /** One after another: two at once would rewrite each other's chunks. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: EraseDeps) {
    this.#deps = deps;
  }

  erase(workspace: string, customer: CustomerId, member: string): Promise<ErasureAnswer> {
    const { list, access, storage, nowMs } = this.#deps;
    return this.#inTurn(async () => {
      const person = await this.#readPerson(workspace, [customer]);
      const { customers, keys, words } = person;
      const id = createId();
      const isKnown = (await list.read(workspace)).customers.has(customer);
      await list.put(workspace, { id, atMs: nowMs(), member, customers, keys, isRunning: true });
      const { sinceMs, ...taken } = await this.#takeOut(workspace, id, person);
      await access.audit(workspace, { kind: 'customer-erased', member, detail: customer });
      const texts = await this.#search(workspace, words);
      // An erasure of before, and whoever writes of somebody, may have been earlier than what is left of their facts.
      const isAll = !isKnown && texts.length === 0;
      const backups = (await listBackups(storage.records, nowMs())).filter(({ atMs }) => !isAll || atMs >= sinceMs);
      return { id, ...taken, words, texts, backups };
    });
  }

  /** Retakes what was cleaned, and searches again. */
  search(workspace: string, words: readonly string[]): Promise<readonly FoundInRoom[]> {
    return this.#inTurn(async () => {
      await this.#retakeAll(workspace);
      return this.#search(workspace, words);
    });
  }

  /** Ids that turned out to be an erased person's. */
  found(workspace: string, customers: readonly string[]): void {
    const { list, report } = this.#deps;
    this.#inTurn(async () => {
      const { erasures, customers: known } = await list.read(workspace);
      // Whose key it was is not known any more: the newest entry takes it, and all of them count together.
      const newest = erasures.at(-1);
      if (!newest || customers.every((customer) => known.has(customer))) return;
      await this.#addCustomers(workspace, newest.id, customers);
      await this.#takeOut(workspace, newest.id, { names: [], words: [] });
    }).catch((error: unknown) => report('erasure', String(error)));
  }

  /** One document, once what it names has been screened. */
  settleRoom(room: string): Promise<void> {
    return this.#inTurn(async () => void (await this.#settleRoom(room, { facts: {}, sinceMs: Infinity })));
  }

  /** What a crash left undone, and what came with a restored backup. */
  async resume(workspaces: readonly string[]): Promise<void> {
    for (const workspace of workspaces)
      await this.#inTurn(async () => {
        for (const { id, customers, isRunning } of (await this.#deps.list.read(workspace)).erasures)
          if (isRunning) await this.#takeOut(workspace, id, await this.#readPerson(workspace, customers));
      });
  }

  async close(): Promise<void> {
    await this.#turn;
  }

  #inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const next = this.#turn.then(act);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  /** Who these ids are, as far as facts and vault still tell. */
  async #readPerson(workspace: string, ids: readonly string[]): Promise<Person> {
    const platform = await this.#deps.platformOf(workspace);
    const [customers, keys, names] = [new Set<string>(), new Set<string>(), new Set<string>()];
    for (const id of ids) {
      if (customers.has(id)) continue;
      const person = await readPerson(platform, id as CustomerId, (dataset, take) =>
        eachChunkOf(this.#deps, platform, workspace, dataset, take),
      );
      for (const customer of person.customers) customers.add(customer);
      for (const key of person.keys) keys.add(key);
      for (const name of person.names) names.add(name);
    }
    const { contacts } = await this.#deps.vault.read(workspace, [...customers]);
    const words = new Set([...names, ...contacts.map(({ clear }) => withoutCountry(clear))]);
    return { customers: [...customers], keys: [...keys], names: [...names], words: [...words] };
  }

  /**
   * What is searched for by name or number goes first, then the facts, then the contact details: whoever begins again
   * after a crash still reads in the facts and in the vault what has not been searched for.
   */
  async #takeOut(
    workspace: string,
    id: string,
    { names, words }: Pick<Person, 'names' | 'words'>,
  ): Promise<Pick<ErasureAnswer, 'facts' | 'unread' | 'contacts' | 'deadLetters'> & Pick<Taken, 'sinceMs'>> {
    const { list, rooms, vault, versions } = this.#deps;
    const known = (await this.#listed(workspace, id))?.customers ?? [];
    await this.#forgetNames(workspace, new Set(names));
    // A name may be anybody's word: only ids, numbers and addresses are taken out of what people wrote.
    const exact = words.filter((word) => !names.includes(word));
    const inVersions = await versions.forget(workspace, [...known, ...exact], names);
    const deadLetters = await this.#dropDeadLetters(workspace, words);
    const taken: Taken = { facts: {}, sinceMs: Infinity };
    const unread = await this.#settleFacts(workspace, id, taken);
    await this.#settleBlobs(workspace);
    const erasure = await this.#listed(workspace, id);
    const customers = erasure?.customers ?? [];
    const found = customers.filter((customer) => !known.includes(customer));
    if (found.length > 0) await versions.forget(workspace, found);
    const contacts = await vault.forget(workspace, customers);
    await this.#deps.forgetMessages(workspace, customers);
    await this.#retakeAll(workspace);
    if (erasure) await list.put(workspace, { ...erasure, isRunning: false });
    await this.#deps.listed();
    const { erasures } = await list.read(workspace);
    await rooms.change(`${workspace}/facts-index`, 'erase', (doc) => writeErasureCount(doc, erasures.length));
    const isFactsAlone = !inVersions && deadLetters + unread === 0 && taken.sinceMs < Infinity;
    return { facts: taken.facts, unread, contacts, deadLetters, sinceMs: isFactsAlone ? taken.sinceMs - clockMs : 0 };
  }

  /** Every facts document, until no further id of an erased person turns up. Answers how many chunks it could not read. */
  async #settleFacts(workspace: string, id: string, taken: Taken): Promise<number> {
    for (;;) {
      let unread = 0;
      const found = new Set<string>();
      for (const room of await factsRooms(this.#deps, workspace)) {
        const settled = await this.#settleRoom(room, taken);
        unread += settled.unread;
        for (const customer of settled.found) found.add(customer);
      }
      if (found.size === 0) return unread;
      await this.#addCustomers(workspace, id, [...found]);
    }
  }

  async #settleRoom(room: string, taken: Taken): Promise<{ unread: number; found: readonly string[] }> {
    const { list, rooms, screen } = this.#deps;
    const every = await rooms.read(room, readEveryRecord);
    const plan = await screen.plan(room, every, await list.read(workspaceOf(room)));
    for (const { kind } of plan.rows) taken.facts[kind] = (taken.facts[kind] ?? 0) + 1;
    for (const { record } of every)
      if (plan.replaced.has(record.id)) taken.sinceMs = Math.min(taken.sinceMs, arrivedMs(record));
    if (plan.replaced.size > 0)
      await rooms.change(room, 'erase', (doc) => replaceManifestRecords(doc, plan.replaced, 'erase'));
    await screen.forgetBlobs(room, plan, every);
    await yieldTurn();
    return { unread: plan.unread.length, found: plan.customers };
  }

  async #addCustomers(workspace: string, id: string, customers: readonly string[]): Promise<void> {
    const erasure = await this.#listed(workspace, id);
    if (!erasure) return;
    const all = [...new Set([...erasure.customers, ...customers])];
    await this.#deps.list.put(workspace, { ...erasure, customers: all, isRunning: true });
  }

  async #listed(workspace: string, id: string): Promise<Erasure | undefined> {
    return (await this.#deps.list.read(workspace)).erasures.find((one) => one.id === id);
  }

  /** Blobs that were sent and not named yet. */
  async #settleBlobs(workspace: string): Promise<void> {
    const { rooms, storage, screen, platformOf } = this.#deps;
    const named = new Set<string>();
    for (const room of await factsRooms(this.#deps, workspace))
      for (const { record } of await rooms.read(room, readEveryRecord)) named.add(record.hash);
    const platform = await platformOf(workspace);
    for (const { hash } of await storage.blobs.list(workspace)) {
      if (named.has(hash)) continue;
      const stored = await storage.blobs.read(workspace, hash);
      const packed = stored && (await platform.inflate(stored, mostPackedBytes).catch(() => null));
      if (packed && (await screen.screenBlob(workspace, hash, packed))) await storage.blobs.remove(workspace, hash);
      await yieldTurn();
    }
  }

  async #forgetNames(workspace: string, names: ReadonlySet<string>): Promise<void> {
    const { rooms, storage } = this.#deps;
    for (const room of await storage.log.list(workspace))
      if (room.startsWith(`${workspace}/broadcast/`))
        await rooms.change(room, 'erase', (doc) => forgetNicknames(doc, names));
  }

  async #dropDeadLetters(workspace: string, words: readonly string[]): Promise<number> {
    const { records } = this.#deps.storage;
    const letters = await records.list('dead-letters', `${workspace}/`);
    const named = letters.filter(({ value }) => words.some((word) => JSON.stringify(value).includes(word)));
    await records.write(named.map(({ key }) => ({ collection: 'dead-letters', key, value: null })));
    return named.length;
  }

  /** Logs and snapshots still hold what a document no longer does. */
  async #retakeAll(workspace: string): Promise<void> {
    const { retakes, storage } = this.#deps;
    for (const room of await storage.log.list(workspace)) {
      await retakes.retake(room);
      await yieldTurn();
    }
  }

  async #search(workspace: string, words: readonly string[]): Promise<readonly FoundInRoom[]> {
    const { rooms, storage, versions } = this.#deps;
    const texts: FoundInRoom[] = [];
    for (const room of await storage.log.list(workspace)) {
      const path = room.slice(workspace.length + 1);
      if (path.startsWith('facts')) continue;
      const found = await rooms.read(room, (doc) => findText(doc, words));
      texts.push(...found.map((text) => ({ ...text, path })));
      await yieldTurn();
    }
    texts.push(...(await versions.find(workspace, words)));
    return texts;
  }
}

/** What an import brought came with it; what was compacted may have come as early as it happened. */
const arrivedMs = ({ importId, importMs, minMs }: ManifestRecord): number =>
  importId === '' ? Math.min(importMs, minMs) : importMs;
