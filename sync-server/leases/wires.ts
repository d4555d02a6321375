/**
 * What processes tell each other over Redis: nothing that is not also known otherwise. A message that is lost delays;
 * it never loses. While Redis is away everything is said to nobody.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';

export interface Wires {
  tell(kind: string, what: unknown): void;
  hear(kind: string, listener: (what: unknown) => void): void;
  /** Calls the listener whenever messages may have been missed. */
  whenBack(listener: () => void): void;
  keep(key: string, what: unknown, forMs: number): void;
  kept(key: string): Promise<unknown>;
  /** How often it was counted within so long of the first time; null when Redis does not say. */
  count(key: string, forMs: number): Promise<number | null>;
  close(): void;
}

export interface WiresDeps {
  /** Known to the processes on one database: those on another may use the same Redis. */
  readonly secret: string;
  report(kind: string, detail: string): void;
}

export const openWires = (address: string, { secret, report }: WiresDeps): Wires => {
  const channel = `larder:${createHash('sha256').update(secret).digest('hex').slice(0, 16)}`;
  const self = randomUUID();
  const options = { lazyConnect: false, enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 1000 };
  const speaking = new Redis(address, options);
  const hearing = new Redis(address, { connectTimeout: 5000, maxRetriesPerRequest: null });
  const listeners = new Map<string, (what: unknown) => void>();
  let isDown = false;
  let back: () => void = () => {};
  for (const redis of [speaking, hearing])
    redis.on('error', (error: Error) => {
      if (!isDown) report('redis', error.message);
      isDown = true;
    });
  hearing.on('ready', () => {
    isDown = false;
    back();
  });
  hearing.on('message', (_channel: string, text: string) => {
    const said = JSON.parse(text) as { from: string; kind: string; what: unknown };
    if (said.from !== self) listeners.get(said.kind)?.(said.what);
  });
  hearing.subscribe(channel).catch(() => {});
  const ignore = (): void => {};

  return {
    tell: (kind, what) => void speaking.publish(channel, JSON.stringify({ from: self, kind, what })).catch(ignore),
    hear: (kind, listener) => void listeners.set(kind, listener),
    whenBack: (listener) => {
      back = listener;
    },
    keep: (key, what, forMs) => void speaking.set(`${channel}:${key}`, JSON.stringify(what), 'PX', forMs).catch(ignore),
    kept: async (key) => {
      const text = await speaking.get(`${channel}:${key}`).catch(() => null);
      return text === null ? null : (JSON.parse(text) as unknown);
    },
    count: async (key, forMs) => {
      // Nobody reads there who tried; and a count that began without its end would never end.
      const name = `${channel}:${createHmac('sha256', secret).update(key).digest('base64url')}`;
      const answers = await speaking
        .multi()
        .set(name, 0, 'PX', forMs, 'NX')
        .incr(name)
        .exec()
        .catch(() => null);
      const counted = answers?.[1]?.[1];
      return typeof counted === 'number' ? counted : null;
    },
    close: () => {
      speaking.disconnect();
      hearing.disconnect();
    },
  };
};
