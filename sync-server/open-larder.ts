/** Composition root: storage, access, rooms, route modules, listen. Nothing else constructs anything. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Forgotten } from '#core/datasets/plan-forgetting.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Access } from './access/access.ts';
import { createAttempts } from './access/attempts.ts';
import { type Caller, createCallerReader, isLoopbackAddress, type ReadCaller } from './access/caller.ts';
import { createAccess } from './access/create-access.ts';
import { createMemberRoutes } from './access/members.routes.ts';
import { createSessionRoutes } from './access/session.routes.ts';
import { createApplication } from './application.ts';
import { BadConfiguration, type Configuration } from './configuration.ts';
import { writeDemo } from './commands/write-demo.ts';
import { createBlobRoutes } from './datasets/blobs.routes.ts';
import { collectBlobs } from './datasets/collect-blobs.ts';
import { createCompactor } from './datasets/compact-facts.ts';
import { createFactsIndex } from './datasets/facts-index.ts';
import { forgetComments } from './datasets/forget-comments.ts';
import { createFitter } from './fitting/create-fitter.ts';
import { createHealthRoutes } from './health/health.routes.ts';
import { logLine } from './health/log-line.ts';
import { createMetricsRoutes } from './health/metrics.routes.ts';
import { createBuiltFiles } from './pages/built-files.ts';
import { createFollowBrand } from './rooms/follow-brand.ts';
import { connectionLimits, raiseLimits, roomLimits } from './rooms/limits.ts';
import { createRetakes } from './rooms/retakes.ts';
import { createRoomRegistry, type RoomRegistry } from './rooms/room-registry.ts';
import type { Rooms } from './rooms/rooms.ts';
import { type TestRooms, createTestRooms, testWorkspace } from './rooms/test-rooms.ts';
import { openHistory } from './open-history.ts';
import { openLive } from './open-live.ts';
import { openSending } from './open-sending.ts';
import { type ConnectedVault, openVault } from './open-vault.ts';
import { createUpgrade } from './rooms/upgrade.ts';
import { createNodePlatform } from './storage/node-platform.ts';
import { openSharing, type Sharing } from './open-sharing.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { openCheckedKeyRing } from './vault/checked-key-ring.ts';
import { createKey, createKeyRing, type KeyRing } from './vault/key-ring.ts';
import { type Handlers, type Listener, namesOfCertificate, openListener } from './tls/open-listener.ts';
import { readOwnAddresses } from './tls/own-addresses.ts';

export interface Larder {
  /** What to open first; carries the one-time claim while nobody has claimed it. */
  readonly address: string;
  /** Nobody has claimed it yet, and another process has the claim. */
  readonly isClaimElsewhere: boolean;
  /** Where a tablet gets the certificate; null without a local network. */
  readonly trustAddress: string | null;
  /** Drains: nothing acknowledged is lost, every socket is told to come back. */
  close(): Promise<void>;
}

/** Time as the server sees it; tests run it faster. */
export interface ServerClock {
  nowMs(): number;
  readonly speed: number;
}

const realClock: ServerClock = { nowMs: () => Date.now(), speed: 1 };
const tickMs = 5000;
const erasuresMs = 60_000;
const sweepMs = 3_600_000;

export const openLarder = async (
  configuration: Configuration,
  complain: (text: string) => void,
  clock: ServerClock = realClock,
): Promise<Larder> => {
  const report = (kind: string, detail: string): void => complain(logLine(kind, detail, clock.nowMs()));
  const storage = await openStorage(configuration);
  const sharing = await openSharing({ configuration, storage, report, ...clock });
  const access = createAccess({ records: storage.records, ...clock });
  const history = openHistory({ storage, access, ...clock, report });
  const ring = await openRing(configuration, storage);
  const vault = openVault({ ...configuration, ring, storage, access, ...clock, report });
  const hearing = { amend: vault.amend, noted: history.noted, report };
  const rooms = createRoomRegistry({ ...storage, ...roomLimits, ...clock, ...sharing, ...hearing });
  const told = history.connect(rooms);
  access.watch(rooms.applyAccessChange);
  const erasing = vault.connect(rooms);
  const workspaces = async (): Promise<string[]> => (await access.listWorkspaces()).map(({ id }) => id);
  const isOnAir = (id: string): Promise<boolean> => live.isOnAir(id);
  const fitter = createFitter({ ...configuration, rooms, storage, ...access, isOnAir, ...clock, report });
  const followers = [...createFollowers({ rooms, access, storage, delayMs: 250, report }), erasing, fitter];
  const platform = createNodePlatform(randomBytes(32));
  const readCaller = await openCallerReader(configuration, access, sharing);
  let listener: Listener | null = null;
  const parts = { access, rooms, storage, platform, ring, report, isKeeper: sharing.isKeeper, ...clock };
  const address = (): string => `http://127.0.0.1:${listener?.port ?? 0}`;
  const live = openLive({ ...parts, listWorkspaces: workspaces, address });
  const sending = openSending(parts);
  const attempts = createAttempts(10, 60_000, clock.nowMs, sharing.countTogether);
  const application = createApplication({
    readCaller,
    files: createBuiltFiles(configuration.build),
    report,
    routes: [
      createHealthRoutes({ rooms, storage, ...clock }),
      createMetricsRoutes({ rooms, fits: fitter.counters }),
      createSessionRoutes({ access, storage, attempts, network: () => networkOf(listener), ...clock }),
      createMemberRoutes({ access, networkOrigin: () => listener?.networkOrigin ?? null }),
      createBlobRoutes({ rooms, storage, platform, screen: vault.screenBlob }),
      ...[told, erasing, live, sending].flatMap(({ routes }) => routes),
    ],
  });
  const testRooms = await openTestRooms(configuration, storage, report);
  const identify = createIdentify(readCaller);
  const upgrade = createUpgrade({ rooms, ...sharing, testRooms, limits: connectionLimits, ...clock, identify, report });
  const handlers = { fetch: sharing.wrap(application.fetch as Handlers['fetch']), upgrade: upgrade.handle };
  sharing.start({ rooms, access, handlers });
  if (sharing.isKeeper()) {
    for (const follower of followers) await follower.open(await workspaces());
    if (configuration.wantsDemo) await writeDemoOnce({ rooms, storage, access, clock });
  }
  const timers = startHousekeeping({ rooms, storage, platform, sharing, workspaces, erasing, clock, report });

  listener = await openListener({ ...configuration, folder: configuration.data, nowMs: clock.nowMs() }, handlers);
  live.start();
  sending.start();
  return {
    ...(await firstAddress(listener.origin, access, sharing, configuration)),
    trustAddress: listener.trustAddress,
    close: async () => {
      timers.forEach(clearInterval);
      upgrade.stop();
      listener?.stop();
      await live.close();
      await sending.close();
      await rooms.disconnectAll();
      for (const follower of [...followers, told]) await follower.close();
      await rooms.close();
      listener?.closeAll();
      await sharing.close();
      await storage.close();
    },
  };
};

/** The claim is the keeper's to make. One that was killed a moment ago is the keeper until its lease has run out. */
const firstAddress = async (
  origin: string,
  access: Access,
  { isKeeper }: Sharing,
  { leaseMs }: Configuration,
): Promise<Pick<Larder, 'address' | 'isClaimElsewhere'>> => {
  const until = performance.now() + leaseMs * 1.5;
  while (!isKeeper() && performance.now() < until && !(await access.isClaimed()))
    await new Promise((resolve) => setTimeout(resolve, leaseMs / 8));
  const claim = isKeeper() ? await access.issueClaim() : null;
  return {
    address: `${origin}/${claim ? `#claim=${claim}` : ''}`,
    isClaimElsewhere: claim === null && !(await access.isClaimed()),
  };
};

/** Beside rooms for tests there are no members, whose details it would seal. */
const openRing = ({ test, data, keys }: Configuration, storage: Storage): Promise<KeyRing> | KeyRing =>
  test === null ? openCheckedKeyRing(storage, data, keys) : createKeyRing([createKey()]);

/** What keeps up with documents as they change. */
const createFollowers = (deps: Parameters<typeof createFollowBrand>[0] & Parameters<typeof createFactsIndex>[0]) => [
  createFollowBrand(deps),
  createFactsIndex(deps),
];

/** Only beside nobody's data; without the token, what an earlier test left goes. */
const openTestRooms = async (
  { test }: Configuration,
  { log, records }: Storage,
  report: (kind: string, detail: string) => void,
): Promise<TestRooms | null> => {
  if (test === null) {
    if ((await log.list(testWorkspace)).length > 0) await log.removeWorkspace(testWorkspace);
    return null;
  }
  const hasMembers = async (): Promise<boolean> => (await records.list('members')).length > 0;
  if (await hasMembers())
    throw new BadConfiguration('LARDER_TEST_TOKEN is refused: LARDER_DATA has members; use an empty data folder');
  report('test-rooms', `LARDER_TEST_TOKEN is set: whoever has it writes to every room that starts with ${test.prefix}`);
  return createTestRooms({ ...test, limits: raiseLimits(connectionLimits, test.limitFactor), hasMembers });
};

const openCallerReader = async (
  configuration: Configuration,
  access: Access,
  sharing: Sharing,
): Promise<ReadCaller> => {
  const { isBehindProxy } = configuration;
  const readCaller = createCallerReader({ access, isBehindProxy, hostNames: await ownHostNames(configuration) });
  return (request) => readCaller(sharing.unwrap(request));
};

/** Where other devices begin, and where they open Larder. */
const networkOf = (listener: Listener | null): { trustAddress: string | null; origin: string } | null =>
  listener?.networkOrigin ? { trustAddress: listener.trustAddress, origin: listener.networkOrigin } : null;

/** For the upgrade to a websocket: who is calling, or null. */
const createIdentify =
  (readCaller: ReadCaller) =>
  async ({ headers, socket }: IncomingMessage): Promise<Caller | null> => {
    const caller = await readCaller({
      method: 'GET',
      header: (name) => (Array.isArray(headers[name]) ? headers[name][0] : headers[name]),
      remoteAddress: socket.remoteAddress ?? '',
      isEncrypted: 'encrypted' in socket,
      isUpgrade: true,
    });
    return caller.ok ? caller.value : null;
  };

interface Housekeeping {
  readonly rooms: RoomRegistry;
  readonly storage: Storage;
  readonly platform: Platform;
  readonly sharing: Sharing;
  readonly clock: ServerClock;
  readonly erasing: Pick<ConnectedVault, 'open'>;
  workspaces(): Promise<string[]>;
  report(kind: string, detail: string): void;
}

/** Keep-alive and idle rooms every few seconds; expired records, unnamed blobs and old comments every hour. */
const startHousekeeping = ({
  rooms,
  storage,
  platform,
  sharing,
  clock,
  erasing,
  workspaces,
  report,
}: Housekeeping): NodeJS.Timeout[] => {
  const retakes = createRetakes({ rooms, records: storage.records, report });
  const compactor = createCompactor({ rooms, storage, platform, ...clock, report });
  const forgottenByRoom = new Map<string, Forgotten>();
  const sweep = async (): Promise<void> => {
    if (!sharing.isKeeper()) return;
    await storage.records.removeExpired(clock.nowMs());
    for (const workspace of await workspaces()) {
      await forgetComments({ rooms, retakes, storage, platform, forgottenByRoom }, workspace, clock.nowMs());
      await compactor.compact(workspace);
      await collectBlobs({ rooms, storage }, workspace, clock.nowMs());
    }
  };
  /** Also what a process left undone that was the keeper before. */
  const finishErasures = async (): Promise<void> => {
    if (!sharing.isKeeper()) return;
    await erasing.open(await workspaces());
    await retakes.retakeLeft();
  };
  return [
    setInterval(rooms.tick, tickMs),
    setInterval(() => finishErasures().catch((error: unknown) => report('erasure', String(error))), erasuresMs),
    setInterval(() => sweep().catch((error: unknown) => report('sweep', String(error))), sweepMs),
  ];
};

interface DemoDeps {
  readonly rooms: Rooms;
  readonly storage: Storage;
  readonly access: Access;
  readonly clock: ServerClock;
}

/** Once in the life of a data folder: a demo that was removed stays removed. */
const writeDemoOnce = async ({ rooms, storage, access, clock }: DemoDeps): Promise<void> => {
  if (await storage.records.read('server', 'demo')) return;
  await writeDemo({ rooms, blobs: storage.blobs, access, ...clock });
  await storage.records.write([{ collection: 'server', key: 'demo', value: { writtenMs: clock.nowMs() } }]);
};

/** Names under which a browser may ask for this machine. */
const ownHostNames = async ({ host, certificate }: Configuration): Promise<ReadonlySet<string>> => {
  const { names, addresses } = readOwnAddresses();
  const given = certificate ? await namesOfCertificate(certificate.certPath) : [];
  const outside = isLoopbackAddress(host) ? [] : [...names, ...addresses];
  return new Set(['localhost', '127.0.0.1', '::1', host.toLowerCase(), ...outside, ...given]);
};
