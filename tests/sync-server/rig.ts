/** A whole server on a free loopback port, over storage that a test may break, and raw y-websocket clients. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type Role, roles } from '#core/units/role.ts';
import type { Access, MemberRecord } from '#sync-server/access/access.ts';
import { createCallerReader } from '#sync-server/access/caller.ts';
import { createAccess } from '#sync-server/access/create-access.ts';
import type { ConnectionLimits } from '#sync-server/rooms/connection.ts';
import { connectionLimits, roomLimits } from '#sync-server/rooms/limits.ts';
import type { RoomDeps } from '#sync-server/rooms/room-deps.ts';
import { createRoomRegistry, type RoomRegistry } from '#sync-server/rooms/room-registry.ts';
import { createUpgrade } from '#sync-server/rooms/upgrade.ts';
import { createMemoryStorage, type MemoryStorage } from '#sync-server/storage/memory-storage.ts';

export interface Rig {
  readonly address: string;
  readonly port: number;
  readonly storage: MemoryStorage;
  readonly access: Access;
  readonly rooms: RoomRegistry;
  readonly workspace: string;
  readonly reports: string[];
  /** Signs somebody in with a role in the rig's workspace. */
  signIn(role: Role, name?: string): Promise<{ token: string; member: MemberRecord; cookie: string }>;
  connect(path: string, cookie: string, options?: { origin?: string | null; kept?: Y.Doc }): Promise<TestClient>;
  close(): Promise<void>;
}

export interface RigChoice {
  readonly limits?: Partial<ConnectionLimits>;
  readonly room?: Partial<(typeof roomLimits)['limits']>;
  readonly idleMs?: number;
  readonly connectionsPerMember?: number;
  readonly storage?: MemoryStorage;
  readonly amend?: RoomDeps['amend'];
  readonly noted?: RoomDeps['noted'];
}

export const openRig = async (choice: RigChoice = {}): Promise<Rig> => {
  const storage = choice.storage ?? createMemoryStorage();
  const reports: string[] = [];
  const nowMs = (): number => Date.now();
  const access = createAccess({ records: storage.records, nowMs });
  const rooms = createRoomRegistry({
    log: storage.log,
    ...roomLimits,
    idleMs: choice.idleMs ?? roomLimits.idleMs,
    connectionsPerMember: choice.connectionsPerMember ?? roomLimits.connectionsPerMember,
    limits: { ...roomLimits.limits, presenceMs: 20, retryMs: 50, ...choice.room },
    nowMs,
    report: (kind, detail) => void reports.push(`${kind} ${detail}`),
    ...(choice.amend ? { amend: choice.amend } : {}),
    ...(choice.noted ? { noted: choice.noted } : {}),
  });
  access.watch(rooms.applyAccessChange);
  const readCaller = createCallerReader({ access, isBehindProxy: false, hostNames: new Set(['127.0.0.1']) });
  const upgrade = createUpgrade({
    rooms,
    limits: { ...connectionLimits, ...choice.limits },
    nowMs,
    report: (kind, detail) => void reports.push(`${kind} ${detail}`),
    identify: async ({ headers, socket }) => {
      const caller = await readCaller({
        method: 'GET',
        header: (name) => headers[name]?.toString(),
        remoteAddress: socket.remoteAddress ?? '',
        isEncrypted: false,
        isUpgrade: true,
      });
      return caller.ok ? caller.value : null;
    },
  });
  const server: Server = createServer();
  server.on('upgrade', upgrade.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const claim = (await access.issueClaim()) ?? '';
  const claimed = await access.redeemClaim(claim, 'Ann', 'North Slope', null);
  if (!claimed.ok) throw new Error('the claim was refused');
  const owner = claimed.value;
  const workspace = owner.session.memberships[0]?.workspace ?? '';
  const by = { ...owner.session.memberships[0]!, member: owner.session.member.id };
  const clients: TestClient[] = [];
  return {
    address: `ws://127.0.0.1:${port}`,
    port,
    storage,
    access,
    rooms,
    workspace,
    reports,
    signIn: async (role, name = `The ${role}`) => {
      const invited = await access.invite(by, { role, days: 7, uses: 1 });
      if (!invited.ok) throw new Error(invited.error.kind);
      const opened = await access.redeemInvitation(invited.value.token, name, null, null);
      if (!opened.ok || !opened.value.token) throw new Error('not redeemed');
      const { token, session } = opened.value;
      const member = (await access.listMembers(workspace)).find(({ id }) => id === session.member.id);
      return { token, member: member!, cookie: `larder-${port}=${token}` };
    },
    connect: async (path, cookie, { origin = `http://127.0.0.1:${port}`, kept } = {}) => {
      const headers = { cookie, ...(origin ? { origin } : {}) };
      const client = new TestClient(`ws://127.0.0.1:${port}/sync/${path}`, headers, kept);
      clients.push(client);
      await client.settled;
      return client;
    },
    close: async () => {
      for (const client of clients) client.socket.terminate();
      await rooms.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export const everyRole = roles;

export interface Ack {
  readonly stateVector: Map<number, number>;
  readonly durableWrites: number;
}

export interface HeardAwareness {
  readonly client: number;
  readonly clock: number;
  readonly state: Record<string, unknown> | null;
}

/** Speaks the protocol by hand, so that tests can say what no honest client would. */
export class TestClient {
  readonly doc: Y.Doc;
  readonly socket: WebSocket;
  readonly acks: Ack[] = [];
  readonly notices: { kind: string; why?: string }[] = [];
  readonly awareness = new Map<number, HeardAwareness>();
  readonly heard: string[] = [];
  step2s = 0;
  updates = 0;
  closeCode: number | null = null;
  status: number | null = null;
  /** Open, or refused. */
  readonly settled: Promise<void>;
  answersStep1 = true;

  /** With a copy that was kept, whose own edits go up with the answer to the server's question. */
  constructor(address: string, headers: Record<string, string>, kept = new Y.Doc()) {
    this.doc = kept;
    this.socket = new WebSocket(address, { headers });
    this.socket.on('message', (data: Buffer) => this.#hear(new Uint8Array(data)));
    this.settled = new Promise((resolve) => {
      this.socket.once('open', () => resolve());
      this.socket.once('unexpected-response', (_request, { statusCode }) => {
        this.status = statusCode ?? 0;
        this.socket.terminate();
        resolve();
      });
      this.socket.on('error', () => resolve());
      this.socket.on('close', (code) => {
        this.closeCode ??= code;
        resolve();
      });
    });
  }

  sendSync(type: 0 | 1 | 2, payload: Uint8Array): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, payload);
    this.socket.send(encoding.toUint8Array(encoder));
  }

  /** Edits the own copy and sends the update. */
  edit(change: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(this.doc);
    this.doc.transact(() => change(this.doc));
    this.sendSync(2, Y.encodeStateAsUpdate(this.doc, before));
  }

  sendStep1(): void {
    this.sendSync(0, Y.encodeStateVector(this.doc));
  }

  sendAwareness(entries: readonly { client: number; clock: number; state: unknown }[]): void {
    const inner = encoding.createEncoder();
    encoding.writeVarUint(inner, entries.length);
    for (const { client, clock, state } of entries) {
      encoding.writeVarUint(inner, client);
      encoding.writeVarUint(inner, clock);
      encoding.writeVarString(inner, JSON.stringify(state));
    }
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
    this.socket.send(encoding.toUint8Array(encoder));
  }

  sendQuery(): void {
    this.socket.send(Uint8Array.of(3));
  }

  /** Everything sent before has been handled, as step 1 is answered in order. */
  async roundTrip(): Promise<void> {
    const before = this.step2s;
    this.sendStep1();
    await until(() => this.step2s > before || this.closeCode !== null);
  }

  text(): string {
    return this.doc.getText('text').toString();
  }

  close(): void {
    this.socket.close();
  }

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === 0) {
      const kind = decoding.readVarUint(decoder);
      const payload = decoding.readVarUint8Array(decoder);
      this.heard.push(['step1', 'step2', 'update'][kind] ?? 'unknown');
      if (kind === 0 && this.answersStep1) this.sendSync(1, Y.encodeStateAsUpdate(this.doc, payload));
      if (kind === 1) this.step2s += 1;
      if (kind === 2) this.updates += 1;
      if (kind !== 0) Y.applyUpdate(this.doc, payload, 'server');
    } else if (type === 1) {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      const count = decoding.readVarUint(inner);
      this.heard.push(count === 0 ? 'keep-alive' : 'awareness');
      for (let at = 0; at < count; at += 1) {
        const client = decoding.readVarUint(inner);
        const clock = decoding.readVarUint(inner);
        const state = JSON.parse(decoding.readVarString(inner)) as HeardAwareness['state'];
        this.awareness.set(client, { client, clock, state });
      }
    } else if (type === 100) {
      this.heard.push('ack');
      const stateVector = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
      this.acks.push({ stateVector, durableWrites: decoding.readVarUint(decoder) });
    } else if (type === 101) {
      this.heard.push('notice');
      this.notices.push(JSON.parse(decoding.readVarString(decoder)) as { kind: string });
    }
  }
}

export const until = async (isSo: () => boolean, withinMs = 5000): Promise<void> => {
  const deadline = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
