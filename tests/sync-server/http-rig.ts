/** The whole HTTP side without a port: memory storage, a clock that a test moves, people with cookies. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAttempts } from '#sync-server/access/attempts.ts';
import type { Access } from '#sync-server/access/access.ts';
import { createCallerReader } from '#sync-server/access/caller.ts';
import { createAccess } from '#sync-server/access/create-access.ts';
import { createMemberRoutes } from '#sync-server/access/members.routes.ts';
import { createSessionRoutes } from '#sync-server/access/session.routes.ts';
import { createApplication } from '#sync-server/application.ts';
import { createBlobRoutes } from '#sync-server/datasets/blobs.routes.ts';
import { createHealthRoutes } from '#sync-server/health/health.routes.ts';
import { createMetricsRoutes } from '#sync-server/health/metrics.routes.ts';
import { createBuiltFiles } from '#sync-server/pages/built-files.ts';
import { roomLimits } from '#sync-server/rooms/limits.ts';
import { createRoomRegistry, type RoomRegistry } from '#sync-server/rooms/room-registry.ts';
import { openHistory } from '#sync-server/open-history.ts';
import { openSending, type Sending } from '#sync-server/open-sending.ts';
import { type ConnectedVault, openVault } from '#sync-server/open-vault.ts';
import { createMemoryStorage, type MemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { createKeyRing } from '#sync-server/vault/key-ring.ts';
import type { Role } from '#core/units/role.ts';

export interface Person {
  cookie: string;
  readonly remoteAddress: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { error?: { kind: string } };
  readonly bytes: Uint8Array;
}

export interface HttpRig {
  readonly storage: MemoryStorage;
  readonly access: Access;
  readonly rooms: RoomRegistry;
  readonly erasing: ConnectedVault;
  readonly sending: Sending;
  /** What an administrator would read in the log. */
  readonly reports: string[];
  readonly clock: { ms: number };
  readonly build: string;
  /** Sends as this person, keeps the cookie that comes back. */
  ask(
    person: Person,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string | null>,
  ): Promise<HttpAnswer>;
  aPerson(remoteAddress?: string): Person;
  /** Claims, and answers the owner and the workspace. */
  claim(): Promise<{ owner: Person; workspace: string }>;
  join(owner: Person, workspace: string, role: Role, remoteAddress?: string): Promise<Person>;
  close(): Promise<void>;
}

export const openHttpRig = async (
  choice: { isBehindProxy?: boolean; networkOrigin?: string; build?: Record<string, string> } = {},
): Promise<HttpRig> => {
  const clock = { ms: Date.UTC(2026, 10, 20, 12) };
  const nowMs = (): number => clock.ms;
  const build = mkdtempSync(join(tmpdir(), 'larder-build-'));
  for (const [path, text] of Object.entries(choice.build ?? {})) {
    mkdirSync(dirname(join(build, path)), { recursive: true });
    writeFileSync(join(build, path), text);
  }
  const storage = createMemoryStorage({ nowMs });
  const access = createAccess({ records: storage.records, nowMs });
  const reports: string[] = [];
  const report = (kind: string, detail: string): void => void reports.push(`${kind} ${detail}`);
  const ring = createKeyRing([new Uint8Array(32).fill(7)]);
  const history = openHistory({ storage, access, nowMs, report });
  const vault = openVault({ storage, access, data: build, ring, nowMs, report });
  const rooms = createRoomRegistry({ log: storage.log, ...roomLimits, nowMs, report, amend: vault.amend });
  const erasing = vault.connect(rooms);
  const told = history.connect(rooms);
  const sending = openSending({
    rooms,
    storage,
    platform: createNodePlatform(new Uint8Array(32)),
    ring,
    access,
    report,
    nowMs,
    speed: 1,
    isKeeper: () => true,
  });
  access.watch(rooms.applyAccessChange);
  const attempts = createAttempts(10, 60_000, nowMs, async () => null);
  const application = createApplication({
    readCaller: createCallerReader({
      access,
      isBehindProxy: choice.isBehindProxy ?? false,
      hostNames: new Set(['localhost', '127.0.0.1']),
    }),
    files: createBuiltFiles(build),
    report: (kind, detail) => {
      throw new Error(`${kind} ${detail}`);
    },
    routes: [
      createHealthRoutes({ rooms, storage, nowMs }),
      createMetricsRoutes({ rooms, fits: { fitted: 2, failed: 0, seconds: 1.5 } }),
      createSessionRoutes({ access, storage, attempts, network: () => null, nowMs }),
      createMemberRoutes({ access, networkOrigin: () => choice.networkOrigin ?? null }),
      createBlobRoutes({
        rooms,
        storage,
        platform: createNodePlatform(new Uint8Array(32)),
        screen: vault.screenBlob,
      }),
      ...told.routes,
      ...erasing.routes,
      ...sending.routes,
    ],
  });
  const ask: HttpRig['ask'] = async (person, method, path, body, headers = {}) => {
    const all: Record<string, string | null> = {
      host: 'localhost:4747',
      ...(method === 'GET' ? {} : { origin: 'http://localhost:4747' }),
      ...(person.cookie ? { cookie: person.cookie } : {}),
      ...headers,
    };
    const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const response = await application.request(
      path,
      {
        method,
        headers: sent,
        ...(body === undefined
          ? {}
          : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
      },
      { incoming: { socket: { remoteAddress: person.remoteAddress } } },
    );
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (cookie) person.cookie = cookie;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const parsed = isJson ? (JSON.parse(new TextDecoder().decode(bytes)) as HttpAnswer['body']) : {};
    return { status: response.status, headers: response.headers, body: parsed, bytes };
  };
  const aPerson = (remoteAddress = '127.0.0.1'): Person => ({ cookie: '', remoteAddress });
  return {
    storage,
    erasing,
    sending,
    reports,
    access,
    rooms,
    clock,
    build,
    ask,
    aPerson,
    claim: async () => {
      const owner = aPerson();
      const claim = await access.issueClaim();
      const claimed = await ask(owner, 'POST', '/api/claim', { claim, name: 'Ann', brand: 'North Slope' });
      return { owner, workspace: (claimed.body.workspaces as { id: string }[])[0]?.id ?? '' };
    },
    join: async (owner, workspace, role, remoteAddress) => {
      const invited = await ask(owner, 'POST', `/api/workspaces/${workspace}/invitations`, { role });
      const person = aPerson(remoteAddress);
      clock.ms += 60_000;
      await ask(person, 'POST', '/api/invitations/redeem', { token: invited.body.token, name: `The ${role}` });
      return person;
    },
    close: async () => {
      await sending.close();
      await erasing.close();
      await rooms.close();
      rmSync(build, { recursive: true, force: true });
    },
  };
};
