/**
 * Contact details that an import found go to the vault of the server. Until it has confirmed them they lie in this
 * device's vault, sealed; afterwards they are nowhere but on the server. In a workspace without a server they stay here.
 */
import { type Contact, openVault } from '#web/device/vault.ts';

export interface ContactSenderDeps {
  readonly workspace: string;
  readonly memberId: string;
  /** Null where there is no server, or this role may not hand any in. */
  readonly origin: string | null;
}

const batch = 2000;
const retryMs = 30_000;

export class ContactSender {
  readonly #deps: ContactSenderDeps;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(deps: ContactSenderDeps) {
    this.#deps = deps;
  }

  /** Sends what waits; what fails is tried again later. Only one worker of a device sends at a time. */
  async send(): Promise<void> {
    const { workspace, memberId, origin } = this.#deps;
    if (origin === null || this.#isClosed) return;
    clearTimeout(this.#timer);
    const isSent = await navigator.locks
      .request(`larder/${workspace}/${memberId}/contacts`, () => this.#sendAll())
      .catch(() => false);
    if (!isSent && !this.#isClosed) this.#timer = setTimeout(() => void this.send(), retryMs);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #sendAll(): Promise<boolean> {
    const { workspace, memberId } = this.#deps;
    const vault = openVault(workspace, memberId);
    try {
      const waiting = await vault.readAll();
      for (let at = 0; at < waiting.length; at += batch) {
        const some = waiting.slice(at, at + batch);
        if (!(await this.#put(some))) return false;
        await vault.drop(some);
      }
      return true;
    } finally {
      vault.close();
    }
  }

  async #put(contacts: readonly Contact[]): Promise<boolean> {
    const { origin, workspace } = this.#deps;
    const response = await fetch(`${origin}/api/workspaces/${workspace}/contacts`, {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ contacts }),
    }).catch(() => null);
    return response?.ok ?? false;
  }
}
