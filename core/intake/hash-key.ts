/**
 * Contact details as keys: an HMAC-SHA-256 under the workspace's own secret, in hex, over the kind and the normalised
 * detail, so that equal phones give equal keys within a workspace and nothing outside it. Other keys stay as given.
 */
import { hexFromBytes } from '../units/ids.ts';
import type { Platform } from '../units/platform.ts';
import type { CandidateKey } from './candidate-line.ts';

export const isContact = ({ kind }: Pick<CandidateKey, 'kind'>): boolean => kind === 'phone' || kind === 'email';

export const hashKey = async (platform: Pick<Platform, 'hmac' | 'utf8'>, candidate: CandidateKey): Promise<string> =>
  isContact(candidate)
    ? hexFromBytes(await platform.hmac(platform.utf8(`${candidate.kind}:${candidate.key}`)))
    : candidate.key;
