/**
 * What a document holds, in 32 bytes: SHA-256 over its delete set and state vector, each in the order of client ids.
 * Two copies of one document with equal fingerprints have the same insertions and the same deletions, however they
 * came by them.
 */
import * as Y from 'yjs';
import { hexFromBytes } from '../units/ids.ts';
import type { Platform } from '../units/platform.ts';

/** Lower-case hex. */
export const documentFingerprint = async (doc: Y.Doc, platform: Pick<Platform, 'sha256'>): Promise<string> =>
  hexFromBytes(await platform.sha256(Y.encodeSnapshot(Y.snapshot(doc))));
