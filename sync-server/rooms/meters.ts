/** What rooms count while they work, for whoever runs the server. Nothing of what is in them. */
export const ackBucketsMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] as const;

export class Meters {
  bytesHeard = 0;
  bytesSent = 0;
  messagesHeard = 0;
  /** Readers whose queue was replaced by one answer. */
  resyncs = 0;
  acks = 0;
  ackMs = 0;
  /** Acknowledgements that took at most so long, by bucket, not summed up. */
  readonly acksByBucket: number[] = ackBucketsMs.map(() => 0);

  /** Rooms that nobody gets to see, because what is stored of them is damaged; `''` where it is who may come in. */
  readonly unreadable = new Set<string>();
  /** Writes and snapshots that storage refused. */
  failedWrites = 0;
  lastFailure: { readonly error: unknown; readonly atMs: number } | null = null;

  failed(error: unknown, atMs: number): void {
    this.failedWrites += 1;
    this.lastFailure = { error, atMs };
  }

  acknowledged(tookMs: number): void {
    this.acks += 1;
    this.ackMs += tookMs;
    const at = ackBucketsMs.findIndex((most) => tookMs <= most);
    if (at >= 0) this.acksByBucket[at] = (this.acksByBucket[at] ?? 0) + 1;
  }
}
