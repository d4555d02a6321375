/**
 * Rows an import left out, on the device that imported them and nowhere else, for 30 days. They may hold anything a
 * shop's file holds, so they are kept encrypted under a key that never leaves this browser.
 */
import { Dexie, type EntityTable } from 'dexie';
import { erasureKey } from '#core/identity/erasure-key.ts';
import type { Problem } from '#core/intake/candidate-line.ts';
import { normaliseEmail, normalisePhone } from '#core/intake/customer-key.ts';
import { hashKey } from '#core/intake/hash-key.ts';
import type { Platform } from '#core/units/platform.ts';
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
    await writeRows(database, importId, nowMs + keptDays * 86_400_000, problems);
  } finally {
    database.close();
  }
};

/** Empty when there were none, or they are gone. */
export const readRejectedRows = async (place: RowsPlace, importId: string): Promise<readonly Problem[]> => {
  const database = open(place);
  try {
    const kept = await database.rows.get(importId);
    return kept ? await openRows(database, kept) : [];
  } finally {
    database.close();
  }
};

/** Rows that name somebody who asked to be forgotten: by a word, or by a phone or email whose keyed hash is given. */
export const forgetRejectedRows = async (
  place: RowsPlace,
  platform: Pick<Platform, 'hmac' | 'utf8'>,
  keys: ReadonlySet<string>,
  words: readonly string[],
): Promise<void> => {
  const database = open(place);
  try {
    for (const kept of await database.rows.toArray()) {
      const problems = await openRows(database, kept);
      const rest: Problem[] = [];
      for (const problem of problems) if (!(await isNamed(problem.raw, platform, keys, words))) rest.push(problem);
      if (rest.length === 0) await database.rows.delete(kept.importId);
      else if (rest.length < problems.length) await writeRows(database, kept.importId, kept.untilMs, rest);
    }
  } finally {
    database.close();
  }
};

const contactPattern = /[\w.+-]+@[\w.-]+|\+?\d[\d -]{5,}\d|[A-Za-z0-9_-]{20,}/g;
const platformKinds = ['openid', 'unionid', 'external-userid'] as const;

async function isNamed(
  raw: string,
  platform: Pick<Platform, 'hmac' | 'utf8'>,
  keys: ReadonlySet<string>,
  words: readonly string[],
): Promise<boolean> {
  if (words.some((word) => raw.includes(word))) return true;
  for (const [text] of raw.matchAll(contactPattern)) {
    const email = normaliseEmail(text);
    const phone = normalisePhone(text);
    const contact = email ? ({ kind: 'email', key: email } as const) : ({ kind: 'phone', key: phone } as const);
    if (contact.key !== '' && keys.has(await hashKey(platform, contact))) return true;
    for (const keyKind of platformKinds) if (keys.has(await erasureKey(platform, { keyKind, key: text }))) return true;
  }
  return false;
}

async function writeRows(
  database: RejectedStore,
  importId: string,
  untilMs: number,
  problems: readonly Problem[],
): Promise<void> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(problems));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await keyOf(database), text);
  await database.rows.put({ importId, untilMs, nonce, sealed });
}

async function openRows(database: RejectedStore, { nonce, sealed }: KeptRows): Promise<readonly Problem[]> {
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, await keyOf(database), sealed);
  return JSON.parse(new TextDecoder().decode(text)) as readonly Problem[];
}

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
