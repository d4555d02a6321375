/** Role × room kind × message type, against the table in core/workspace/rooms.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Role } from '#core/units/role.ts';
import { roomKinds } from '#core/workspace/rooms.ts';
import { everyRole, openRig, pause, type Rig, until } from '../rig.ts';

let rig: Rig;
const cookieByRole = new Map<Role, string>();
beforeAll(async () => {
  rig = await openRig({ connectionsPerMember: 1000 });
  for (const role of everyRole) cookieByRole.set(role, (await rig.signIn(role)).cookie);
});
afterAll(() => rig.close());

/** As agreed, and nowhere derived from: owner, operator, host, assistant, stockkeeper, observer. */
const agreed: readonly (readonly [string, string])[] = [
  ['settings', 'wwrrrr'],
  ['catalogue', 'wwrrrr'],
  ['segments', 'ww-r-r'],
  ['journeys', 'ww-r-r'],
  ['campaign/*', 'wwrwrr'],
  ['show/*', 'wwwwrr'],
  ['broadcast/*', 'rrrrrr'],
  ['library', 'wwrw-r'],
  ['facts-index', 'rr-rrr'],
  ['facts/orders/*', 'ww-r-r'],
  ['facts/behaviour/*', 'ww-r-r'],
  ['facts/touches/*', 'ww-r-r'],
  ['facts/outcomes/*', 'ww-r-r'],
  ['facts/decisions/*', 'ww-w-r'],
  ['facts/identity/*', 'ww----'],
  ['facts/profile/*', 'ww----'],
  ['facts/stock/*', 'ww-rwr'],
];

test('[ROOM4] who may open and write what is what was agreed', () => {
  const letter = { write: 'w', read: 'r', none: '-' } as const;
  expect(everyRole).toEqual(['owner', 'operator', 'host', 'assistant', 'stockkeeper', 'observer']);
  expect(roomKinds.map(({ path, access }) => [path, everyRole.map((role) => letter[access[role]]).join('')])).toEqual(
    agreed,
  );
});

const exampleOf = (path: string): string => path.replace('*', path.startsWith('facts/') ? '2026-11' : 'a1');
const textIn = (room: string): Promise<string> => rig.rooms.read(room, (doc) => doc.getText('text').toString());

/** A foreign update: what a client that ignores the rules would send. */
const smuggled = (text: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
};

describe.each(roomKinds.map((kind) => [kind.path, kind] as const))('%s', (path, kind) => {
  const room = (): string => `${rig.workspace}/${exampleOf(path)}`;
  const cookieOf = (role: Role): string => cookieByRole.get(role) ?? '';
  const rolesWith = (access: string): Role[] => everyRole.filter((role) => kind.access[role] === access);

  test.each(rolesWith('none'))('[ROOM4, ROOM5] %s may not open it', async (role) => {
    const client = await rig.connect(room(), cookieOf(role));
    await until(() => client.closeCode !== null);
    expect(client.closeCode).toBe(4403);
    expect(client.heard).toEqual([]);
  });

  test.each(rolesWith('read'))('[ROOM3, ROOM4] %s reads it and cannot write by any message', async (role) => {
    await rig.rooms.change(room(), 'test', (doc) => doc.getText('text').insert(0, '.'));
    const before = await textIn(room());
    const client = await rig.connect(room(), cookieOf(role));
    expect(client.closeCode).toBeNull();
    await client.roundTrip();
    expect(client.text()).toBe(before);
    expect(client.notices).toContainEqual({ kind: 'read-only', why: 'role' });
    client.sendSync(2, smuggled('update'));
    client.sendSync(1, smuggled('step 2'));
    client.sendAwareness([{ client: 7, clock: 1, state: { update: [...smuggled('awareness')] } }]);
    client.sendQuery();
    await client.roundTrip();
    expect(client.notices).toContainEqual({ kind: 'not-accepted', why: 'role' });
    await until(() => client.awareness.has(7));
    expect(client.acks.every(({ durableWrites }) => durableWrites === 0)).toBe(true);
    expect(client.heard).not.toContain('step1');
    expect(client.closeCode).toBeNull();
    expect(await textIn(room())).toBe(before);
  });

  test.each(rolesWith('write'))('[ROOM4] %s reads and writes it, by update and by step 2', async (role) => {
    const client = await rig.connect(room(), cookieOf(role));
    await client.roundTrip();
    client.sendSync(2, smuggled(`<${role} update>`));
    client.sendSync(1, smuggled(`<${role} step 2>`));
    await client.roundTrip();
    const text = await textIn(room());
    expect(text).toContain(`<${role} update>`);
    expect(text).toContain(`<${role} step 2>`);
    expect(client.notices).toEqual([]);
    await until(() => (client.acks.at(-1)?.durableWrites ?? 0) >= 2);
  });
});

describe('who may come in', () => {
  test('[ROOM5] without, or with a forged or ended session: 4401', async () => {
    const { cookie, token } = await rig.signIn('operator');
    const forged = [
      '',
      `larder-${rig.port}=`,
      `larder-${rig.port}=${'a'.repeat(43)}`,
      `larder-${rig.port}=${token.slice(0, -1)}x`,
      `larder-1=${token}`,
      `__Host-larder=${token}`,
    ];
    for (const attempt of forged) {
      const client = await rig.connect(`${rig.workspace}/settings`, attempt);
      await until(() => client.closeCode !== null);
      expect([attempt, client.closeCode]).toEqual([attempt, 4401]);
    }
    const open = await rig.connect(`${rig.workspace}/settings`, cookie);
    await open.roundTrip();
    const session = await rig.access.readSession(token);
    await rig.access.endSession(session?.id ?? '');
    await until(() => open.closeCode !== null);
    expect(open.closeCode).toBe(4401);
    const late = await rig.connect(`${rig.workspace}/settings`, cookie);
    await until(() => late.closeCode !== null);
    expect(late.closeCode).toBe(4401);
  });

  test('[ROOM5] unknown rooms and foreign workspaces: 4404', async () => {
    const cookie = cookieByRole.get('owner') ?? '';
    const w = rig.workspace;
    const other = await rig.access.createWorkspace({ brand: 'Elsewhere', isDemo: false });
    const unknown = [
      `${w}/nothing`,
      `${w}`,
      `${w}/`,
      `${w}/campaign`,
      `${w}/campaign/`,
      `${w}/campaign/A1`,
      `${w}/campaign/a/b`,
      `${w}/facts/orders/2026-13`,
      `${w}/facts/secrets/2026-11`,
      `${w}//settings`,
      `${w}/household`,
      `nowhere/settings`,
      `${other.ok ? other.value.id : ''}/settings`,
    ];
    for (const path of unknown) {
      const client = await rig.connect(path, cookie);
      await until(() => client.closeCode !== null);
      expect([path, client.closeCode]).toEqual([path, 4404]);
    }
  });

  test('[ROOM5] tricks with the path open no socket', async () => {
    const cookie = cookieByRole.get('owner') ?? '';
    for (const path of [`${rig.workspace}/%73ettings`, `${rig.workspace}/settings%00`, `${rig.workspace}/set.tings`]) {
      const client = await rig.connect(path, cookie);
      expect([path, client.status]).toEqual([path, 404]);
    }
  });

  test('[ROOM20, ACC11] a foreign origin, or none with a cookie, is refused before there is a socket', async () => {
    const cookie = cookieByRole.get('owner') ?? '';
    for (const origin of ['http://evil.example', `http://localhost:${rig.port}`, 'null', null]) {
      const client = await rig.connect(`${rig.workspace}/settings`, cookie, { origin });
      expect([origin, client.status]).toEqual([origin, 403]);
    }
  });
});

describe('while connected', () => {
  test('[ROOM6, ACC10] a removed member is closed with 4403 at once', async () => {
    const { cookie, member } = await rig.signIn('operator');
    const client = await rig.connect(`${rig.workspace}/settings`, cookie);
    await client.roundTrip();
    const owner = (await rig.access.listMembers(rig.workspace)).find(({ name }) => name === 'Ann')!;
    const membership = { workspace: rig.workspace, brand: '', isDemo: false, name: 'Ann', role: 'owner' as const };
    await rig.access.removeMember({ ...membership, member: owner.id }, member.id);
    client.edit((doc) => doc.getText('text').insert(0, 'too late'));
    await until(() => client.closeCode !== null);
    expect(client.closeCode).toBe(4403);
    expect(await textIn(`${rig.workspace}/settings`)).not.toContain('too late');
  });

  test('[ACC22] a page that was opened as somebody else opens nothing', async () => {
    const { cookie, member } = await rig.signIn('operator', 'Bo');
    const own = await rig.connect(`${rig.workspace}/settings?member=${member.id}`, cookie);
    await own.roundTrip();
    const left = await rig.connect(`${rig.workspace}/settings?member=somebody`, cookie);
    await until(() => left.closeCode === 4401);
    expect(own.closeCode).toBeNull();
  });

  test('[ROOM6] a change of role re-evaluates open connections both ways', async () => {
    const room = `${rig.workspace}/library`;
    const { cookie, member } = await rig.signIn('assistant', 'Bo');
    const writer = await rig.connect(room, cookie);
    const decisions = await rig.connect(`${rig.workspace}/facts/decisions/2026-11`, cookie);
    await writer.roundTrip();
    writer.sendAwareness([{ client: 99, clock: 1, state: {} }]);
    await until(() => writer.awareness.has(99));
    const owner = (await rig.access.listMembers(rig.workspace)).find(({ name }) => name === 'Ann')!;
    const by = {
      workspace: rig.workspace,
      brand: '',
      isDemo: false,
      name: 'Ann',
      role: 'owner' as const,
      member: owner.id,
    };
    await rig.access.changeMember(by, member.id, { role: 'host' });
    await until(() => decisions.closeCode === 4403);
    expect(writer.notices).toContainEqual({ kind: 'read-only', why: 'role' });
    await until(() => (writer.awareness.get(99)?.state?.member as { role: string }).role === 'host');
    writer.edit((doc) => doc.getText('text').insert(0, 'kept aside'));
    await writer.roundTrip();
    expect(writer.notices).toContainEqual({ kind: 'not-accepted', why: 'role' });
    expect(await textIn(room)).not.toContain('kept aside');
    await rig.access.changeMember(by, member.id, { role: 'assistant' });
    await until(() => writer.notices.some(({ kind }) => kind === 'writable'));
    await pause(50);
    expect(await textIn(room)).toContain('kept aside');
  });
});
