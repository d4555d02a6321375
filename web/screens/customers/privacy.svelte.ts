/** One customer's own data, as somebody asks for it: the contact, a copy of everything, or that it be deleted. */
import { saveCsv } from '#web/device/save-csv.ts';
import { saveFile } from '#web/device/save-file.ts';
import type { Contact } from '#web/device/vault.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { ErasureAnswer, FoundInDocument } from '#web/engine/insight/privacy.messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { showContacts } from '#web/workspace/contacts.ts';
import { askServer } from '#web/workspace/session.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import { tableOf } from './table-of.ts';

/** Null when all went well; else why not. */
export type Outcome = Promise<string | null>;

/** Longer than any erasure should take; the server goes on by itself. */
const patienceMs = 600_000;

export class PrivacyOfCustomer {
  contacts = $state.raw<readonly Contact[] | null>(null);
  /** Sealed under a key the server lacks. */
  isSealed = $state(false);
  doing = $state<'show' | 'export' | 'erase' | 'search' | null>(null);
  /** Whose deletion is being asked about; null when nobody's. */
  asked = $state.raw<{ readonly id: string; readonly name: string } | null>(null);
  erased = $state.raw<ErasureAnswer | null>(null);
  /** Whose data that was; the card has forgotten by then. */
  erasedName = $state('');
  readonly #engine: EngineClient<InsightRequests>;
  readonly #workspace: Workspace;

  constructor(engine: EngineClient<InsightRequests>, workspace: Workspace) {
    this.#engine = engine;
    this.#workspace = workspace;
  }

  show(id: string): Outcome {
    return this.#do('show', async () => {
      const { body: ids } = await this.#engine.ask('privacy.ids', { id });
      const shown = await showContacts(this.#workspace, [id, ...ids.filter((one) => one !== id)], 'show');
      if (!shown.ok) return shown.error.kind;
      this.contacts = shown.value.contacts;
      this.isSealed = shown.value.unreadable > 0;
      return null;
    });
  }

  save(id: string, name: string, as: 'json' | 'csv'): Outcome {
    return this.#do('export', async () => {
      const { customers, facts } = (await this.#engine.ask('privacy.export', { id })).body;
      const shown = await showContacts(this.#workspace, [id, ...customers.filter((one) => one !== id)], 'export');
      if (!shown.ok) return shown.error.kind;
      const contacts = shown.value.contacts.map(({ kind, clear }) => ({ kind, clear }));
      if (as === 'csv') saveCsv(`${name}.csv`, tableOf([...contacts, ...facts]));
      else {
        const text = JSON.stringify({ exportedMs: this.#workspace.nowMs(), customers, contacts, facts }, null, 2);
        saveFile(new Blob([text], { type: 'application/json' }), `${name}.json`);
      }
      return null;
    });
  }

  erase(id: string, name: string): Outcome {
    return this.#do('erase', async () => {
      this.erasedName = name;
      if (this.#workspace.home === 'device') {
        this.erased = (await this.#engine.ask('privacy.erase', { id })).body;
        return null;
      }
      const address = `/api/workspaces/${this.#workspace.id}/erasures`;
      const answer = await askServer<ErasureAnswer>('POST', address, { customer: id }, patienceMs);
      if (!answer.ok) return answer.error.kind;
      this.erased = answer.value;
      return null;
    });
  }

  /** Once somebody has cleaned the texts. */
  search(): Outcome {
    return this.#do('search', async () => {
      const before = this.erased;
      if (before === null) return null;
      const { words } = before;
      if (this.#workspace.home === 'device') {
        this.erased = { ...before, texts: (await this.#engine.ask('privacy.search', { words })).body };
        return null;
      }
      const address = `/api/workspaces/${this.#workspace.id}/erasures/search`;
      const answer = await askServer<{ texts: readonly FoundInDocument[] }>('POST', address, { words }, patienceMs);
      if (!answer.ok) return answer.error.kind;
      this.erased = { ...before, texts: answer.value.texts };
      return null;
    });
  }

  async #do(what: NonNullable<PrivacyOfCustomer['doing']>, act: () => Promise<string | null>): Outcome {
    if (this.doing !== null) return null;
    this.doing = what;
    try {
      return await act();
    } catch {
      return 'failed';
    } finally {
      this.doing = null;
    }
  }
}
