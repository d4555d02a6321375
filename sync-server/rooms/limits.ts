/** The limits of a running server; tests set their own. */
import type { ConnectionLimits } from './connection.ts';

export const connectionLimits: ConnectionLimits = {
  /** Room for a first sync of a document of 16 MB. */
  messageBytes: 32 * 1024 * 1024,
  messagesPerSecond: 400,
  bytesPerSecond: 8 * 1024 * 1024,
  bufferedBytes: 1024 * 1024,
  behindMs: 30_000,
  keepAliveMs: 12_000,
  silentMs: 60_000,
};

export const roomLimits = {
  limits: {
    snapshotUpdates: 500,
    snapshotBytes: 1024 * 1024,
    documentBytes: 64 * 1024 * 1024,
    presenceMs: 150,
    retryMs: 1000,
  },
  idleMs: 60_000,
  /** A tab opens some twenty documents. */
  connectionsPerMember: 128,
};

/** For load tests: so many times as much of everything that one connection may send. */
export const raiseLimits = (limits: ConnectionLimits, factor: number): ConnectionLimits => ({
  ...limits,
  messageBytes: limits.messageBytes * factor,
  messagesPerSecond: limits.messagesPerSecond * factor,
  bytesPerSecond: limits.bytesPerSecond * factor,
});
