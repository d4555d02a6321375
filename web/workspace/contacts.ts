/** Contact details of a person, from where they are: the server's vault, which writes the look down, or this device's. */
import { type Contact, openVault } from '#web/device/vault.ts';
import { askServer, type ServerAnswer } from './session.ts';
import type { Workspace } from './workspace.ts';

export interface ShownContacts {
  readonly contacts: readonly Contact[];
  /** Sealed under a key that is not there. */
  readonly unreadable: number;
}

export const showContacts = async (
  { id, home, member }: Workspace,
  customers: readonly string[],
  purpose: 'show' | 'export',
): Promise<ServerAnswer<ShownContacts>> => {
  const vault = openVault(id, member.id);
  // What this device has not sent yet is known here alone.
  const here = await vault.read(customers).finally(() => vault.close());
  if (home === 'device') return { ok: true, value: { contacts: here, unreadable: 0 } };
  const answer = await askServer<ShownContacts>('POST', `/api/workspaces/${id}/contacts/show`, { customers, purpose });
  if (!answer.ok) return answer;
  const known = new Set(answer.value.contacts.map(({ clear }) => clear));
  const contacts = [...answer.value.contacts, ...here.filter(({ clear }) => !known.has(clear))];
  return { ok: true, value: { ...answer.value, contacts } };
};
