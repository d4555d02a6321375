/**
 * The sync server over real sockets, in a process of its own: latency from sender to receiver with 2, 50 and 200
 * clients in a room, server CPU per update and receiver, a join of 10,000 cards, 1,000 offline edits, and the worst
 * latency of another room while a document of 16 MB is joined. Beside it, in the same run, every peer that is installed
 * in a folder named by `LARDER_PEERS`: @y/websocket-server and Hocuspocus. Peers keep nothing; Larder has logged every
 * update before anybody sees it and flushes it before it is acknowledged; what one flush takes on that disk is measured, too.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeStep1, encodeStep2, encodeUpdate } from '#sync-server/rooms/messages.ts';
import type { Bench, BenchLine } from './bench-line.ts';
import { type SyncServer, openLarderServer, openPeers } from './sync-server.ts';

export const bench: Bench = async ({ print }) => {
  for (const opening of [openLarderServer(), ...openPeers()]) {
    const server = await opening;
    const say = (name: string, lines: number, ms: number, value?: number, unit?: string): void =>
      print({
        name: `sync ${server.name}: ${name}`,
        lines,
        ms,
        runs: 1,
        peakMiB: Math.round(server.residentMiB()),
        where: 'node',
        ...(value === undefined || unit === undefined ? {} : { value, unit }),
      } satisfies BenchLine);
    try {
      for (const clients of [2, 50, 200]) {
        await measureRoom(server, clients, say);
        if (server.name === 'larder') await measureFlush(say);
      }
      await measureJoin(server, say);
      await measureOffline(server, say);
      await measureLarge(server, say);
    } finally {
      await server.close();
    }
  }
};

type Say = (name: string, lines: number, ms: number, value?: number, unit?: string) => void;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Speaks the stock protocol and applies nothing: the bench must cost less than what it measures. */
class BenchClient {
  readonly socket: WebSocket;
  readonly #server: SyncServer;
  readonly #room: string;
  readonly #skip: number;
  heard: (message: Buffer) => void = () => {};
  /** Answers what the server asks for. */
  doc: Y.Doc | null = null;

  constructor(server: SyncServer, room: string) {
    this.#server = server;
    this.#room = room;
    this.#skip = server.skip(room);
    this.socket = new WebSocket(server.address(room), { perMessageDeflate: false, maxPayload: 2 ** 28 });
    this.socket.on('message', (data: Buffer) => this.#hear(data.subarray(this.#skip)));
    this.socket.on('error', () => {});
  }

  async open(): Promise<this> {
    await new Promise((resolve) => this.socket.once('open', resolve));
    const greeting = this.#server.greeting(this.#room);
    if (greeting) this.socket.send(greeting);
    return this;
  }

  send(message: Uint8Array): void {
    this.socket.send(this.#server.wrap(this.#room, message));
  }

  /** Everything the room has. */
  async join(): Promise<Uint8Array> {
    const joined = new Promise<Uint8Array>((resolve) => {
      this.heard = (message) => {
        if ((message[0] !== 0 && message[0] !== 4) || message[1] !== 1) return;
        const decoder = decoding.createDecoder(message);
        decoding.readVarUint(decoder);
        decoding.readVarUint(decoder);
        resolve(decoding.readVarUint8Array(decoder));
      };
    });
    this.send(encodeStep1(Y.encodeStateVector(new Y.Doc())));
    return joined;
  }

  /** Some servers answer with nothing before they have let somebody in. */
  async joinWhole(): Promise<number> {
    for (;;) {
      const { length } = await this.join();
      if (length > 1000) return length;
    }
  }

  #hear(message: Buffer): void {
    if (this.doc && message[0] === 0 && message[1] === 0) this.send(encodeStep2(Y.encodeStateAsUpdate(this.doc)));
    this.heard(message);
  }
}

/** Typing: four writers (one of two clients), 20 characters a second each, for five seconds. */
const measureRoom = async (server: SyncServer, count: number, say: Say): Promise<void> => {
  const room = `room-${count}`;
  const clients: BenchClient[] = [];
  for (let at = 0; at < count; at += 1) clients.push(await new BenchClient(server, room).open());
  await Promise.all(clients.map((client) => client.join()));
  await pause(500);
  const writers = clients.slice(0, count > 4 ? 4 : 1);
  const sentMs: number[] = [];
  const latencies: number[] = [];
  for (const client of clients)
    client.heard = (message) => {
      const nowMs = performance.now();
      for (let at = message.indexOf('@'); at >= 0; at = message.indexOf('@', at + 1))
        latencies.push(nowMs - (sentMs[Number(message.toString('latin1', at + 1, at + 7))] ?? nowMs));
    };
  const docs = writers.map(() => new Y.Doc());
  const before = server.cpuMs();
  const end = performance.now() + 5000;
  while (performance.now() < end) {
    writers.forEach((writer, at) => {
      const doc = docs[at]!;
      const text = doc.getText(`text-${at}`);
      const state = Y.encodeStateVector(doc);
      const name = String(sentMs.length).padStart(6, '0');
      text.insert(text.length, `@${name}`);
      sentMs.push(performance.now());
      writer.send(encodeUpdate(Y.encodeStateAsUpdate(doc, state)));
    });
    await pause(50);
  }
  await pause(500);
  const cpuMs = server.cpuMs() - before;
  const received = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => received[Math.floor((received.length - 1) * share)] ?? 0;
  say('latency p50', count, at(0.5), sentMs.length, 'updates');
  say('latency p99', count, at(0.99), sentMs.length, 'updates');
  const each = (cpuMs * 1000) / (sentMs.length * (count - 1));
  say('server CPU per update and receiver', count, 0, Math.round(each * 100) / 100, 'microseconds');
  for (const client of clients) client.socket.terminate();
  await pause(300);
};

/** Two pages, as an update leaves in the write-ahead log, and the flush after them; at the pace of typing. */
const measureFlush = async (say: Say): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-flush-'));
  const file = openSync(join(folder, 'log'), 'w');
  const pages = Buffer.alloc(2 * 4120, 1);
  const times: number[] = [];
  for (let at = 0; at < 60; at += 1) {
    const start = performance.now();
    writeSync(file, pages);
    fdatasyncSync(file);
    times.push(performance.now() - start);
    await pause(50);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  say('one flush of the disk p50', times.length, median(times));
};

const aBoard = (cards: number): Y.Doc => {
  const doc = new Y.Doc();
  const board = doc.getMap<Y.Map<unknown>>('cards');
  for (let at = 0; at < cards; at += 1)
    doc.transact(() => {
      const card = new Y.Map<unknown>();
      board.set(`card-${at}`, card);
      card.set('title', new Y.Text(`Invite the people who buy olive oil, number ${at}`));
      card.set('order', `a${at}`);
      card.set('owner', 'ann');
      card.set('done', false);
    });
  return doc;
};

/** Answers the writer, who stays: servers that keep nothing forget a room that nobody is in. */
const upload = async (server: SyncServer, room: string, updates: readonly Uint8Array[]): Promise<BenchClient> => {
  const writer = await new BenchClient(server, room).open();
  await writer.join();
  for (const update of updates) writer.send(encodeUpdate(update));
  // Answered in order: everything before is in.
  await writer.joinWhole();
  return writer;
};

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

const measureJoin = async (server: SyncServer, say: Say): Promise<void> => {
  const cards = 10_000;
  const writer = await upload(server, 'board', [Y.encodeStateAsUpdate(aBoard(cards))]);
  const times: number[] = [];
  let bytes = 0;
  for (let run = 0; run < 7; run += 1) {
    const start = performance.now();
    const client = await new BenchClient(server, 'board').open();
    bytes = await client.joinWhole();
    times.push(performance.now() - start);
    client.socket.terminate();
  }
  writer.socket.terminate();
  say('join of 10k cards', cards, median(times), bytes, 'bytes');
};

const measureOffline = async (server: SyncServer, say: Say): Promise<void> => {
  const edits = 1000;
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const room = `offline-${run}`;
    const doc = new Y.Doc();
    for (let at = 0; at < edits; at += 1) doc.getText('text').insert(at % 7, `edit ${at} `);
    const other = await new BenchClient(server, room).open();
    await other.join();
    const arrived = new Promise<void>((resolve) => {
      other.heard = (message) => {
        if (message.length > 1000) resolve();
      };
    });
    const start = performance.now();
    const client = new BenchClient(server, room);
    client.doc = doc;
    await client.open();
    await client.join();
    await arrived;
    times.push(performance.now() - start);
    for (const each of [client, other]) each.socket.terminate();
  }
  say('1,000 offline edits at another client', edits, median(times));
};

const measureLarge = async (server: SyncServer, say: Say): Promise<void> => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let at = 0; at < 16 * 1024; at += 1)
    doc.getMap('notes').set(`note-${at}`, new Y.Text(`${at} `.repeat(200).slice(0, 1000)));
  const size = Y.encodeStateAsUpdate(doc).length;
  const pieces = Array.from({ length: 64 }, (_, at) => Y.mergeUpdates(updates.slice(at * 256, (at + 1) * 256)));
  const writer = await upload(server, 'large', pieces);
  await pause(3000);
  const other = await new BenchClient(server, 'other').open();
  await other.join();
  const roundTrips: number[] = [];
  let isDone = false;
  const pinging = (async () => {
    while (!isDone) {
      const start = performance.now();
      await other.join();
      roundTrips.push(performance.now() - start);
      await pause(5);
    }
  })();
  await pause(300);
  const quiet = Math.max(...roundTrips.slice(5));
  roundTrips.length = 0;
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const start = performance.now();
    const client = await new BenchClient(server, 'large').open();
    await client.joinWhole();
    times.push(performance.now() - start);
    client.socket.terminate();
    await pause(200);
  }
  isDone = true;
  await pinging;
  say('join of 16 MB', size, median(times), size, 'bytes');
  say('worst round trip of another room without a join', size, quiet);
  say('worst round trip of another room during joins of 16 MB', size, Math.max(...roundTrips));
  for (const each of [other, writer]) each.socket.terminate();
};
