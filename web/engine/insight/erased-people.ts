/**
 * Who asked to be forgotten, as this device knows. `facts-index` counts them; when it counts more than are known here
 * the list is fetched, and this device lets go of what it still holds of them: details that were not sent yet, and rows
 * that an import left out. Their chunks go as their manifests are read again.
 */
import type { Erased } from '#core/datasets/erasure/erase-rows.ts';
import { readErasureCount } from '#core/datasets/manifest.doc.ts';
import type { BlobStore, KeptErasure } from '#web/device/blob-store.ts';
import { openVault } from '#web/device/vault.ts';
import { forgetRejectedRows } from '#web/engine/import/rejected-rows.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Documents } from '#web/workspace/documents.ts';

export interface ErasedPeopleDeps {
  readonly store: BlobStore;
  readonly documents: Documents;
  readonly platform: Platform;
  readonly workspace: string;
  readonly memberId: string;
  /** Null where there is no server, or this role is not told. */
  readonly origin: string | null;
}

export class ErasedPeople {
  readonly #deps: ErasedPeopleDeps;
  readonly #index;
  #fetching: Promise<void> | null = null;

  constructor(deps: ErasedPeopleDeps) {
    this.#deps = deps;
    this.#index = deps.documents.open('facts-index');
    void this.#index.loaded.then(() => this.#catchUp());
    this.#index.doc.on('update', () => void this.#catchUp());
  }

  /** For an import: what the server says now, if it answers; else what is known here. */
  async read(): Promise<Erased> {
    await this.#catchUp();
    const erasures = await this.#deps.store.erasures.toArray();
    return {
      customers: new Set(erasures.flatMap(({ customers }) => customers)),
      keys: new Set(erasures.flatMap(({ keys }) => keys)),
    };
  }

  /** Keeps these, and lets go of what this device holds of them beside the facts. */
  async keep(erasures: readonly KeptErasure[], words: readonly string[]): Promise<void> {
    const { store, workspace, memberId, platform } = this.#deps;
    await store.erasures.bulkPut([...erasures]);
    const customers = erasures.flatMap((erasure) => erasure.customers);
    const vault = openVault(workspace, memberId);
    await vault
      .read(customers)
      .then((contacts) => vault.drop(contacts))
      .finally(() => vault.close());
    const keys = new Set(erasures.flatMap((erasure) => erasure.keys));
    await forgetRejectedRows({ id: workspace, member: { id: memberId } }, platform, keys, words);
  }

  close(): void {
    this.#index.close();
  }

  #catchUp(): Promise<void> {
    this.#fetching ??= this.#fetch()
      .catch(() => undefined)
      .finally(() => (this.#fetching = null));
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    const { store, origin, workspace } = this.#deps;
    if (origin === null || readErasureCount(this.#index.doc) <= (await store.erasures.count())) return;
    const response = await fetch(`${origin}/api/workspaces/${workspace}/erasures`, { credentials: 'same-origin' });
    if (!response.ok) return;
    const { erasures } = (await response.json()) as { erasures: readonly KeptErasure[] };
    const known = new Set(await store.erasures.toCollection().primaryKeys());
    await this.keep(
      erasures.filter(({ id }) => !known.has(id)),
      [],
    );
    // An entry may have learnt of further ids since.
    await store.erasures.bulkPut([...erasures]);
  }
}
