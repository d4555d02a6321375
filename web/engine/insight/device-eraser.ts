/**
 * What leaves a workspace that lives on this device, as the server has it for its own. One person: facts documents are
 * rewritten and trimmed, blobs and kept records follow, contact details and left-out rows go, what a broadcast showed
 * goes, and free text is searched for a person to clean. And the text of old comments.
 */
import { planErasure } from '#core/datasets/erasure/plan-erasure.ts';
import type { ReadPerson } from '#core/datasets/erasure/read-person.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { readEveryRecord, readManifest, replaceManifestRecords } from '#core/datasets/manifest.doc.ts';
import { planForgetting } from '#core/datasets/plan-forgetting.ts';
import type { ChunkShelf, RewritePlan } from '#core/datasets/plan-rewrite.ts';
import type { KnownRecord } from '#core/datasets/manifest-record.ts';
import { withoutCountry } from '#core/intake/customer-key.ts';
import { forgetNicknames } from '#core/live/forget-nicknames.doc.ts';
import { hexFromBytes } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import { parseRoomName } from '#core/workspace/rooms.ts';
import { findText } from '#core/workspace/find-text.doc.ts';
import type { BlobStore, KeptChunk } from '#web/device/blob-store.ts';
import { memberPrefix } from '#web/device/device-database.ts';
import { openVault } from '#web/device/vault.ts';
import type { Documents } from '#web/workspace/documents.ts';
import type { ErasedPeople } from './erased-people.ts';
import type { ErasureAnswer, FoundInDocument } from './privacy.messages.ts';

export interface DeviceEraserDeps {
  readonly store: BlobStore;
  readonly documents: Documents;
  readonly platform: Platform;
  readonly people: ErasedPeople;
  readonly workspace: string;
  readonly memberId: string;
  nowMs(): number;
  /** A manifest holds these now, and those no longer. */
  taken(chunks: readonly KeptChunk[], gone: readonly string[]): Promise<void>;
  /** What waits for its manifest is in it when this resolves. */
  sent(): Promise<void>;
}

export class DeviceEraser {
  readonly #deps: DeviceEraserDeps;

  constructor(deps: DeviceEraserDeps) {
    this.#deps = deps;
  }

  async erase(person: ReadPerson): Promise<ErasureAnswer> {
    const { people, workspace, memberId, nowMs, sent } = this.#deps;
    await sent();
    const customers = [...person.customers];
    const vault = openVault(workspace, memberId);
    const contacts = await vault.read(customers).finally(() => vault.close());
    const words = [...new Set([...person.names, ...contacts.map(({ clear }) => withoutCountry(clear))])];
    const id = hexFromBytes(crypto.getRandomValues(new Uint8Array(8)));
    await people.keep([{ id, atMs: nowMs(), customers, keys: person.keys }], words);
    const facts: Partial<Record<Fact['kind'], number>> = {};
    let unread = 0;
    for (const path of await this.#paths((own) => own.startsWith('facts/')))
      unread += await this.#settle(path, person, facts);
    for (const path of await this.#paths((own) => own.startsWith('broadcast/')))
      await this.#change(path, (doc) => forgetNicknames(doc, new Set(person.names)));
    const texts = await this.search(words, false);
    return { facts, contacts: contacts.length, deadLetters: 0, words, texts, unread, backups: [] };
  }

  /** Answers how many texts were too old. */
  async forgetComments(): Promise<number> {
    const { documents, platform, nowMs, sent } = this.#deps;
    await sent();
    let forgotten = 0;
    for (const path of await this.#paths((own) => own.startsWith('facts/behaviour/'))) {
      const { texts } = await this.#rewrite(path, 'forget-comments', (records, shelf) =>
        planForgetting(platform, records, nowMs(), shelf),
      );
      if (texts > 0) await documents.trim(path);
      forgotten += texts;
    }
    return forgotten;
  }

  /** `trims`: what was cleaned leaves the disk, too. */
  async search(words: readonly string[], trims: boolean): Promise<readonly FoundInDocument[]> {
    const { documents } = this.#deps;
    const texts: FoundInDocument[] = [];
    for (const path of await this.#paths((own) => !own.startsWith('facts'))) {
      if (trims) await documents.trim(path);
      const document = documents.open(path);
      await document.loaded;
      texts.push(...findText(document.doc, words).map((text) => ({ ...text, path })));
      document.close();
    }
    return texts;
  }

  async #settle(path: string, person: ReadPerson, counts: Partial<Record<Fact['kind'], number>>): Promise<number> {
    const { documents, platform } = this.#deps;
    const erased = { customers: person.customers, keys: new Set(person.keys) };
    const plan = await this.#rewrite(path, 'erase', (records, shelf) => planErasure(platform, records, erased, shelf));
    for (const { kind } of plan.rows) counts[kind] = (counts[kind] ?? 0) + 1;
    // Whether or not it named the person now: earlier states did.
    await documents.trim(path);
    return plan.unread.length;
  }

  /**
   * Carries out what is planned for the chunks of one manifest, in the document and in what the device keeps of it. One at
   * a time, in all tabs: a plan made beside another would pass over the chunks that the other has replaced.
   */
  async #rewrite<Plan extends RewritePlan>(
    path: string,
    origin: string,
    make: (records: readonly KnownRecord[], shelf: ChunkShelf) => Promise<Plan>,
  ): Promise<Plan> {
    const { documents, store, taken, workspace } = this.#deps;
    return navigator.locks.request(`larder/${workspace}/rewrite`, async () => {
      const document = documents.open(path);
      await document.loaded;
      const plan = await make(readEveryRecord(document.doc), {
        read: async (hash) => (await store.blobs.get(hash))?.stored ?? null,
        write: async (hash, stored) => void (await store.blobs.put({ hash, stored })),
      });
      if (plan.replaced.size > 0) {
        replaceManifestRecords(document.doc, plan.replaced, origin);
        const fresh = readManifest(document.doc).records.map((record) => ({ id: record.id, path, record }));
        await taken(fresh, [...plan.replaced.keys()]);
        await store.blobs.bulkDelete([...plan.hashes]);
      }
      document.close();
      return plan;
    });
  }

  async #change(path: string, write: (doc: Parameters<typeof forgetNicknames>[0]) => void): Promise<void> {
    const document = this.#deps.documents.open(path);
    await document.loaded;
    write(document.doc);
    document.close();
    await this.#deps.documents.trim(path);
  }

  /** Documents that this device has. */
  async #paths(isWanted: (path: string) => boolean): Promise<readonly string[]> {
    const { workspace, memberId } = this.#deps;
    const prefix = memberPrefix(workspace, memberId);
    return (await indexedDB.databases())
      .flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []))
      .filter((path) => parseRoomName(`${workspace}/${path}`).ok && isWanted(path))
      .sort();
  }
}
