/** A workspace that lives in this browser alone: no account, no server; the person in front of it owns it. */
import { type DeviceDatabase, type RememberedWorkspace } from './device-database.ts';
import { createIdentityKey, writeIdentityKey } from './identity-key.ts';

export const createDeviceWorkspace = async (
  database: DeviceDatabase,
  given: {
    readonly id?: string;
    readonly brand: string;
    readonly memberName: string;
    /** Of the workspace this one continues; without it a fresh one is made. */
    readonly identitySecret?: Uint8Array<ArrayBuffer> | undefined;
  },
): Promise<RememberedWorkspace> => {
  const record: RememberedWorkspace = {
    id: given.id ?? `w-${randomHex(8)}`,
    home: 'device',
    brand: given.brand,
    isDemo: false,
    memberId: `m-${randomHex(8)}`,
    memberName: given.memberName,
    role: 'owner',
    offsetMs: 0,
    openedMs: Date.now(),
  };
  await database.workspaces.put(record);
  if (given.identitySecret)
    await writeIdentityKey(database, record.id, record.memberId, given.identitySecret, 'device');
  else if (globalThis.isSecureContext) await createIdentityKey(database, record.id, record.memberId);
  return record;
};

const randomHex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
