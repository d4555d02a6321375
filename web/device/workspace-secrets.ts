/**
 * What a workspace that lives on this device has besides its documents and facts: the secret behind its phone
 * fingerprints and the contact details in its vault. As one text, to be sealed before it leaves this device.
 */
import type { Contact } from './vault.ts';
import { openVault } from './vault.ts';

export interface WorkspaceSecrets {
  readonly identitySecret: Uint8Array<ArrayBuffer>;
  readonly contacts: readonly Contact[];
}

/** Null where the secret cannot be read out: in a workspace that belongs to a server. */
export const readSecrets = async (
  workspace: string,
  memberId: string,
  identityKey: CryptoKey | null,
): Promise<WorkspaceSecrets | null> => {
  if (identityKey?.extractable !== true) return null;
  const vault = openVault(workspace, memberId);
  const contacts = await vault.readAll().finally(() => vault.close());
  return { identitySecret: new Uint8Array(await crypto.subtle.exportKey('raw', identityKey)), contacts };
};

export const bytesOfSecrets = ({ identitySecret, contacts }: WorkspaceSecrets): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      identitySecret: [...identitySecret],
      contacts: contacts.map(({ customer, kind, clear }) => [customer, kind, clear]),
    }),
  );

/** Null when the bytes are not what `bytesOfSecrets` gives. */
export const secretsFromBytes = (bytes: Uint8Array): WorkspaceSecrets | null => {
  try {
    const read = JSON.parse(new TextDecoder().decode(bytes)) as { identitySecret: unknown; contacts: unknown };
    const { identitySecret, contacts } = read;
    if (!Array.isArray(identitySecret) || identitySecret.length !== 32 || !Array.isArray(contacts)) return null;
    return {
      identitySecret: Uint8Array.from(identitySecret as number[]),
      contacts: contacts.flatMap((row: unknown) => {
        const [customer, kind, clear] = Array.isArray(row) ? (row as unknown[]) : [];
        const isContact = typeof customer === 'string' && typeof clear === 'string';
        return isContact && (kind === 'phone' || kind === 'email') ? [{ customer, kind, clear }] : [];
      }),
    };
  } catch {
    return null;
  }
};
