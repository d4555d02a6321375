/**
 * Passkeys: a member comes back on another device without an invitation. What the server keeps of one is its public
 * key; every challenge is used once and within five minutes. A passkey belongs to the name of the machine it was made
 * under.
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { type Result, fail, ok } from '#core/result.ts';
import type { MemberRecord, OpenedSession } from './access.ts';
import type { Parts } from './parts.ts';
import { hashSecret } from './secrets.ts';
import type { Session } from './session.ts';

export interface Passkey {
  readonly id: string;
  readonly label: string;
  readonly createdMs: number;
  readonly usedMs: number | null;
}

/** Where the browser is, as it knows it. */
export interface PasskeyPlace {
  readonly origin: string;
}

export interface Passkeys {
  beginPasskey(by: Session, place: PasskeyPlace): Promise<PublicKeyCredentialCreationOptionsJSON>;
  addPasskey(
    by: Session,
    response: RegistrationResponseJSON,
    label: string,
    place: PasskeyPlace,
  ): Promise<Result<void, { readonly kind: 'unknown-passkey' }>>;
  /** Oldest first. */
  listPasskeys(member: string): Promise<readonly Passkey[]>;
  removePasskey(by: Session, id: string): Promise<Result<void, { readonly kind: 'not-found' }>>;
  beginSignIn(place: PasskeyPlace): Promise<PublicKeyCredentialRequestOptionsJSON>;
  signIn(
    response: AuthenticationResponseJSON,
    place: PasskeyPlace,
  ): Promise<Result<OpenedSession, { readonly kind: 'unknown-passkey' }>>;
}

interface PasskeyRecord extends Passkey {
  readonly member: string;
  readonly publicKey: string;
  readonly counter: number;
}

interface ChallengeRecord {
  /** Null for signing in: nobody knows yet who it is. */
  readonly member: string | null;
  readonly expiresMs: number;
}

const collection = 'passkeys';
const challenges = 'passkey-challenges';
const challengeMs = 5 * 60_000;
const nameOf = ({ origin }: PasskeyPlace): string => new URL(origin).hostname;

export const createPasskeys = ({ deps, sessions, workspaces }: Parts): Passkeys => {
  const { records, nowMs } = deps;
  const { keep, take } = createChallenges(deps);
  const ownOf = async (member: string): Promise<readonly PasskeyRecord[]> =>
    (await records.list(collection))
      .map(({ value }) => value as PasskeyRecord)
      .filter((passkey) => passkey.member === member)
      .toSorted((a, b) => a.createdMs - b.createdMs);

  return {
    beginPasskey: async ({ member }, place) => {
      const options = await generateRegistrationOptions({
        rpName: 'Larder',
        rpID: nameOf(place),
        userID: new TextEncoder().encode(member.id),
        userName: member.name,
        attestationType: 'none',
        excludeCredentials: (await ownOf(member.id)).map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      await keep(options.challenge, member.id);
      return options;
    },
    addPasskey: async ({ member }, response, label, place) => {
      const checked = await verifyRegistrationResponse({
        response,
        expectedChallenge: (challenge) => take(challenge, member.id),
        expectedOrigin: place.origin,
        expectedRPID: nameOf(place),
      }).catch(() => null);
      if (!checked?.verified) return fail({ kind: 'unknown-passkey' });
      const { id, publicKey, counter } = checked.registrationInfo.credential;
      const value: PasskeyRecord = {
        id,
        member: member.id,
        label,
        publicKey: Buffer.from(publicKey).toString('base64'),
        counter,
        createdMs: nowMs(),
        usedMs: null,
      };
      const written = await records.write([{ collection, key: hashSecret(id), value, ifVersion: 0 }]);
      return written.ok ? ok(undefined) : fail({ kind: 'unknown-passkey' });
    },
    listPasskeys: async (member) =>
      (await ownOf(member)).map(({ id, label, createdMs, usedMs }) => ({ id, label, createdMs, usedMs })),
    removePasskey: async ({ member }, id) => {
      const found = (await ownOf(member.id)).some((passkey) => passkey.id === id);
      if (!found) return fail({ kind: 'not-found' });
      await records.write([{ collection, key: hashSecret(id), value: null }]);
      return ok(undefined);
    },
    beginSignIn: async (place) => {
      const options = await generateAuthenticationOptions({ rpID: nameOf(place), userVerification: 'required' });
      await keep(options.challenge, null);
      return options;
    },
    signIn: async (response, place) => {
      const kept = await records.read(collection, hashSecret(response.id));
      const passkey = kept?.value as PasskeyRecord | undefined;
      const member = passkey && (await memberOf(passkey.member, records, workspaces));
      if (!kept || !passkey || !member) return fail({ kind: 'unknown-passkey' });
      const { id, publicKey, counter } = passkey;
      const checked = await verifyAuthenticationResponse({
        response,
        expectedChallenge: (challenge) => take(challenge, null),
        expectedOrigin: place.origin,
        expectedRPID: nameOf(place),
        credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64')), counter },
      }).catch(() => null);
      if (!checked?.verified) return fail({ kind: 'unknown-passkey' });
      const used: PasskeyRecord = { ...passkey, counter: checked.authenticationInfo.newCounter, usedMs: nowMs() };
      await records.write([{ collection, key: kept.key, value: used, ifVersion: kept.version }]);
      return ok(await sessions.openSession(member, null));
    },
  };
};

const createChallenges = ({ records, nowMs }: Parts['deps']) => {
  const keep = async (challenge: string, member: string | null): Promise<void> => {
    const expiresMs = nowMs() + challengeMs;
    const value: ChallengeRecord = { member, expiresMs };
    await records.write([{ collection: challenges, key: hashSecret(challenge), value, expiresMs }]);
  };
  /** True once for a challenge that was given to this member, or to somebody unknown yet. */
  const take = async (challenge: string, member: string | null): Promise<boolean> => {
    const key = hashSecret(challenge);
    const kept = await records.read(challenges, key);
    const value = kept?.value as ChallengeRecord | undefined;
    if (!kept || value?.member !== member || nowMs() >= value.expiresMs) return false;
    return (await records.write([{ collection: challenges, key, value: null, ifVersion: kept.version }])).ok;
  };
  return { keep, take };
};

/** As any workspace knows them that they still belong to. */
const memberOf = async (
  id: string,
  records: Parts['deps']['records'],
  workspaces: Parts['workspaces'],
): Promise<MemberRecord | null> => {
  for (const workspace of await workspaces.listWorkspaces()) {
    const record = await records.read('members', `${workspace.id}/${id}`);
    if (record) return record.value as MemberRecord;
  }
  return null;
};
