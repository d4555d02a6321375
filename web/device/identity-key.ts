/**
 * The workspace's identity secret on this device, as a key that signs. From a server it cannot be read out again; a
 * workspace that lives here alone makes its own, which can, because it must be handed over when a server takes it in.
 */
import type { DeviceDatabase } from './device-database.ts';

const algorithm = { name: 'HMAC', hash: 'SHA-256' };

export const readIdentityKey = async (
  database: DeviceDatabase,
  workspace: string,
  memberId: string,
): Promise<CryptoKey | null> => (await database.keys.get(`${workspace}/${memberId}`))?.key ?? null;

export const writeIdentityKey = async (
  database: DeviceDatabase,
  workspace: string,
  memberId: string,
  secret: Uint8Array<ArrayBuffer>,
  home: 'server' | 'device',
): Promise<CryptoKey> => {
  const key = await crypto.subtle.importKey('raw', secret, algorithm, home === 'device', ['sign']);
  await database.keys.put({ id: `${workspace}/${memberId}`, key });
  return key;
};

export const createIdentityKey = (database: DeviceDatabase, workspace: string, memberId: string): Promise<CryptoKey> =>
  writeIdentityKey(database, workspace, memberId, crypto.getRandomValues(new Uint8Array(32)), 'device');
