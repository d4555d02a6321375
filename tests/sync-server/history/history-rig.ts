/** A server with its history: sockets on a port, HTTP without one, and a clock that a test moves. */
import { createCallerReader } from '#sync-server/access/caller.ts';
import { createApplication } from '#sync-server/application.ts';
import { openHistory } from '#sync-server/open-history.ts';
import { createBuiltFiles } from '#sync-server/pages/built-files.ts';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import type { Role } from '#core/units/role.ts';
import { type Rig, type TestClient, openRig } from '../rig.ts';

export interface Person {
  readonly cookie: string;
  readonly id: string;
}

export interface HistoryRig extends Rig {
  readonly clock: { ms: number };
  person(role: Role): Promise<Person>;
  ask(
    person: Person | null,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: Answer; bytes: Uint8Array }>;
  /** A connection that has everything. */
  open(person: Person, path: string): Promise<TestClient>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many forms, each compared as a whole
export type Answer = any;

export const openHistoryRig = async (): Promise<HistoryRig> => {
  const storage = createMemoryStorage();
  const clock = { ms: Date.UTC(2026, 10, 22, 4) };
  const nowMs = (): number => clock.ms;
  const reports: string[] = [];
  const report = (kind: string, detail: string): void => void reports.push(`${kind} ${detail}`);
  const rig = await openRig({ storage, noted: (...told) => history.noted(...told) });
  const history = openHistory({ storage, access: rig.access, nowMs, report });
  const { routes, close } = history.connect(rig.rooms);
  const host = `127.0.0.1:${rig.port}`;
  const application = createApplication({
    readCaller: createCallerReader({ access: rig.access, isBehindProxy: false, hostNames: new Set(['127.0.0.1']) }),
    files: createBuiltFiles('/nowhere'),
    report: (kind, detail) => {
      throw new Error(`${kind} ${detail}`);
    },
    routes,
  });
  return {
    ...rig,
    reports,
    clock,
    person: async (role) => {
      const { cookie, member } = await rig.signIn(role);
      return { cookie, id: member.id };
    },
    ask: async (person, method, path, body) => {
      const response = await application.request(
        `http://${host}/api/workspaces/${rig.workspace}/${path}`,
        {
          method,
          headers: { host, origin: `http://${host}`, ...(person ? { cookie: person.cookie } : {}) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
      );
      const bytes = new Uint8Array(await response.arrayBuffer());
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return { status: response.status, bytes, json: isJson ? JSON.parse(new TextDecoder().decode(bytes)) : null };
    },
    open: async (person, path) => {
      const client = await rig.connect(`${rig.workspace}/${path}`, person.cookie);
      await client.roundTrip();
      return client;
    },
    close: async () => {
      await close();
      await rig.close();
    },
  };
};
