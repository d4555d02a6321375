/**
 * Rows an import left out, on the device that imported them and nowhere else, for 30 days. They may hold anything a
 * shop's file holds, so they are kept encrypted under a key that never leaves this browser.
 */
import { Dexie, type EntityTable } from 'dexie';
import type { Problem } from '#core/intake/candidate-line.ts';
import { memberPrefix } from '#web/device/device-database.ts';

export const keptDays = 30;

interface KeptRows {
  readonly importId: string;
  readonly untilMs: number;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}
type RejectedStore = Dexie & {
  rows: EntityTable<KeptRows, 'importId'>;
  keys: EntityTable<{ readonly id: 'rows'; readonly key: CryptoKey }, 'id'>;
};

/** Whose device memory it is. */
export interface RowsPlace {
  readonly id: string;
  readonly member: { readonly id: string };
}

export const keepRejectedRows = async (
  place: RowsPlace,
  importId: string,
  problems: readonly Problem[],
  nowMs: number,
): Promise<void> => {
  const database = open(place);
  try {
    await database.rows.filter(({ untilMs }) => untilMs < nowMs).delete();
    if (problems.length === 0) return;
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const key = await keyOf(database);
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce },
      key,
      new TextEncoder().encode(JSON.stringify(problems)),
    );
    await database.rows.put({ importId, untilMs: nowMs + keptDays * 86_400_000, nonce, sealed });
  } finally {
    database.close();
  }
};

/** Empty when there were none, or they are gone. */
export const readRejectedRows = async (place: RowsPlace, importId: string): Promise<readonly Problem[]> => {
  const database = open(place);
  try {
    const kept = await database.rows.get(importId);
    if (!kept) return [];
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.nonce }, await keyOf(database), kept.sealed);
    return JSON.parse(new TextDecoder().decode(text)) as readonly Problem[];
  } finally {
    database.close();
  }
};

function open({ id, member }: RowsPlace): RejectedStore {
  const database = new Dexie(`${memberPrefix(id, member.id)}rejected`) as RejectedStore;
  database.version(1).stores({ rows: 'importId', keys: 'id' });
  return database;
}

async function keyOf(database: RejectedStore): Promise<CryptoKey> {
  const kept = await database.keys.get('rows');
  if (kept) return kept.key;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await database.keys.put({ id: 'rows', key });
  return key;
}
