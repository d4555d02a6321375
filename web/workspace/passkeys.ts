/** Passkeys of this member: making one on this device, and coming back with one. */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { askServer, type ServerAnswer } from './session.ts';

export interface Passkey {
  readonly id: string;
  readonly label: string;
  readonly createdMs: number;
  readonly usedMs: number | null;
}

/** Browsers make none for a bare address, nor over plain HTTP beyond this machine. */
export const canUsePasskeys = (): boolean =>
  globalThis.isSecureContext && 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname);

export const listPasskeys = (): Promise<ServerAnswer<{ readonly passkeys: readonly Passkey[] }>> =>
  askServer('GET', '/api/passkeys');

export const removePasskey = (id: string): Promise<ServerAnswer<object>> => askServer('DELETE', `/api/passkeys/${id}`);

/** `cancelled`: the person, or the device, did not want to. */
export const addPasskey = async (label: string): Promise<ServerAnswer<object>> => {
  const begun = await askServer<PublicKeyCredentialCreationOptionsJSON>('POST', '/api/passkeys/begin');
  if (!begun.ok) return begun;
  const { startRegistration } = await import('@simplewebauthn/browser');
  const response = await startRegistration({ optionsJSON: begun.value }).catch(() => null);
  if (response === null) return { ok: false, error: { kind: 'cancelled' } };
  return askServer('POST', '/api/passkeys', { label, response });
};

export const signInWithPasskey = async (): Promise<ServerAnswer<object>> => {
  const begun = await askServer<PublicKeyCredentialRequestOptionsJSON>('POST', '/api/passkeys/sign-in/begin');
  if (!begun.ok) return begun;
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const response = await startAuthentication({ optionsJSON: begun.value }).catch(() => null);
  if (response === null) return { ok: false, error: { kind: 'cancelled' } };
  return askServer('POST', '/api/passkeys/sign-in', { response });
};
