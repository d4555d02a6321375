/**
 * The tokens of sessions: secrets kept as hashes and replaced once a day. The former token goes a minute after the new
 * one was first seen, so that an answer that never arrived signs nobody out.
 */
import type { RecordChange } from '#sync-server/storage/storage.ts';
import type { AccessDeps } from './create-access.ts';
import { createSessionToken, hashSecret } from './secrets.ts';

export interface SessionTokens {
  /** The session the token opens; null for a token that is unknown, or was replaced. */
  read(token: string): Promise<string | null>;
  create(session: string): Promise<string>;
  /** Null unless the token is a day old. */
  renew(token: string): Promise<string | null>;
  prolong(token: string): Promise<void>;
}

export const sessionMs = 30 * 86_400_000;
/** A token is replaced at the first visit after so long. */
const renewMs = 86_400_000;
/** Requests that were under way when the token changed still come in. */
const graceMs = 60_000;
/** A replaced token stays dead for longer than any session lives. */
const tombstoneMs = 400 * 86_400_000;

interface TokenRecord {
  readonly session: string;
  readonly madeMs: number;
  /** Hash of the token this one replaces, until it is seen for the first time. */
  readonly before: string | null;
  /** Replaced: good until then. */
  readonly untilMs: number | null;
}

const collection = 'session-tokens';

export const createSessionTokens = (
  { records, nowMs }: Pick<AccessDeps, 'records' | 'nowMs'>,
  /** When a session was last seen; null when there is none. */
  seenMsOf: (session: string) => Promise<number | null>,
): SessionTokens => {
  /** Sessions of before tokens were replaced were kept under the token's hash itself. */
  const readToken = async (hash: string): Promise<TokenRecord | null> => {
    const found = (await records.read(collection, hash))?.value as TokenRecord | undefined;
    if (found) return found.untilMs !== null && nowMs() >= found.untilMs ? null : found;
    const madeMs = await seenMsOf(hash);
    return madeMs === null ? null : { session: hash, madeMs, before: null, untilMs: null };
  };
  const change = (hash: string, value: TokenRecord): RecordChange => ({
    collection,
    key: hash,
    value,
    expiresMs: nowMs() + (value.untilMs === null ? sessionMs : tombstoneMs),
  });
  /** The new token has arrived: the one before it may go. */
  const confirm = async (hash: string, token: TokenRecord, formerHash: string): Promise<void> => {
    const former = await readToken(formerHash);
    await records.write([
      change(hash, { ...token, before: null }),
      ...(former ? [change(formerHash, { ...former, untilMs: nowMs() + graceMs })] : []),
    ]);
  };
  const add = async (session: string, before: string | null): Promise<string> => {
    const token = createSessionToken();
    await records.write([change(hashSecret(token), { session, madeMs: nowMs(), before, untilMs: null })]);
    return token;
  };
  return {
    read: async (token) => {
      const hash = hashSecret(token);
      const found = await readToken(hash);
      // On a full disk the former one goes later, and a day's token is replaced later.
      if (found && found.before !== null) await confirm(hash, found, found.before).catch(() => {});
      return found?.session ?? null;
    },
    create: (session) => add(session, null),
    renew: async (token) => {
      const hash = hashSecret(token);
      const found = await readToken(hash);
      const isDue = found && found.untilMs === null && nowMs() >= found.madeMs + renewMs;
      return isDue && (await seenMsOf(found.session)) !== null ? add(found.session, hash).catch(() => null) : null;
    },
    prolong: async (token) => {
      const hash = hashSecret(token);
      const found = await readToken(hash);
      if (found && found.untilMs === null) await records.write([change(hash, found)]);
    },
  };
};
