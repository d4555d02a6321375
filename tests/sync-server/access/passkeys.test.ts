import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '#core/units/role.ts';
import { deviceOf } from '#sync-server/access/device-of.ts';
import { type HttpRig, openHttpRig, type Person } from '../http-rig.ts';

let rig: HttpRig;
let owner: Person;
let workspace: string;
beforeEach(async () => {
  rig = await openHttpRig();
  ({ owner, workspace } = await rig.claim());
});
afterEach(() => rig.close());

const idOf = async (person: Person): Promise<string | undefined> =>
  ((await rig.ask(person, 'GET', '/api/session')).body.member as { id: string } | null)?.id;

test('[PKY1] signed out, nobody makes, lists or removes one; signed in, only one’s own', async () => {
  const nobody = rig.aPerson();
  for (const [method, path] of [
    ['GET', '/api/passkeys'],
    ['POST', '/api/passkeys/begin'],
    ['POST', '/api/passkeys'],
    ['DELETE', '/api/passkeys/x'],
  ] as const)
    expect((await rig.ask(nobody, method, path)).status, path).toBe(401);
  const operator = await rig.join(owner, workspace, 'operator');
  const member = (await idOf(owner)) ?? '';
  const value = { id: 'key', member, label: 'a', publicKey: '', counter: 0, createdMs: 1, usedMs: null };
  await rig.storage.records.write([{ collection: 'passkeys', key: 'k', value }]);
  expect((await rig.ask(owner, 'GET', '/api/passkeys')).body.passkeys).toEqual([
    { id: 'key', label: 'a', createdMs: 1, usedMs: null },
  ]);
  expect((await rig.ask(operator, 'GET', '/api/passkeys')).body.passkeys).toEqual([]);
  expect((await rig.ask(operator, 'DELETE', '/api/passkeys/key')).status).toBe(404);
});

test('[PKY2, PKY3] made-up answers open nothing and add nothing', async () => {
  const { challenge } = (await rig.ask(owner, 'POST', '/api/passkeys/begin')).body as { challenge: string };
  const client = Buffer.from(JSON.stringify({ type: 'webauthn.create', challenge, origin: 'http://localhost:4747' }));
  const response = {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: client.toString('base64url'),
      attestationObject: 'oA',
      authenticatorData: 'AA',
      signature: 'AA',
    },
  };
  expect((await rig.ask(owner, 'POST', '/api/passkeys', { label: 'x', response })).body.error?.kind).toBe(
    'unknown-passkey',
  );
  const stranger = rig.aPerson('10.0.0.9');
  expect((await rig.ask(stranger, 'POST', '/api/passkeys/sign-in/begin')).status).toBe(200);
  expect((await rig.ask(stranger, 'POST', '/api/passkeys/sign-in', { response })).body.error?.kind).toBe(
    'unknown-passkey',
  );
  const value = { id: 'AAAA', member: 'gone', label: 'a', publicKey: '', counter: 0, createdMs: 1, usedMs: null };
  const { createHash } = await import('node:crypto');
  const key = createHash('sha256').update('AAAA').digest('hex');
  await rig.storage.records.write([{ collection: 'passkeys', key, value }]);
  expect((await rig.ask(stranger, 'POST', '/api/passkeys/sign-in', { response })).status).toBe(401);
  expect(await idOf(stranger)).toBeUndefined();
});

test('[PKY4] an owner’s link lets a member in as who they are, once and for a day; nobody else issues one', async () => {
  const operator = await rig.join(owner, workspace, 'operator');
  const member = (await idOf(operator)) ?? '';
  const path = `/api/workspaces/${workspace}/members/${member}/invite-back`;
  expect((await rig.ask(operator, 'POST', path)).status).toBe(403);
  const foreign = path.replace(member, 'nobody');
  expect((await rig.ask(owner, 'POST', foreign)).status).toBe(404);
  const { token } = (await rig.ask(owner, 'POST', path)).body as { token: string };
  expect(await idOf(operator)).toBeUndefined();
  const device = rig.aPerson('10.0.0.2');
  const look = { brand: 'North Slope', role: 'operator', name: 'The operator' };
  expect((await rig.ask(device, 'POST', '/api/invitations/look', { token })).body).toEqual(look);
  expect((await rig.ask(device, 'POST', '/api/invitations/redeem', { token, name: 'Other' })).status).toBe(200);
  expect(await idOf(device)).toBe(member);
  const again = rig.aPerson('10.0.0.3');
  expect((await rig.ask(again, 'POST', '/api/invitations/redeem', { token, name: 'Other' })).status).toBe(404);
  const late = (await rig.ask(owner, 'POST', path)).body as { token: string };
  rig.clock.ms += 86_400_000;
  expect((await rig.ask(again, 'POST', '/api/invitations/redeem', { token: late.token, name: 'X' })).status).toBe(404);
  expect((await rig.access.listAudit(workspace)).map(({ kind }) => kind)).toContain('came-back');
  expect((await rig.access.listMembers(workspace)).filter(({ id }) => id === member)).toHaveLength(1);
});

test('[PKY5] who belongs elsewhere as well is let in by nobody who does not own that, too', async () => {
  const operator = await rig.join(owner, workspace, 'operator');
  const member = (await idOf(operator)) ?? '';
  const other = await rig.access.createWorkspace({ brand: 'Other', isDemo: false });
  const demo = await rig.access.createWorkspace({ brand: 'Demo', isDemo: true });
  if (!other.ok || !demo.ok) throw new Error('not made');
  const write = (at: string, id: string, role: Role | null): Promise<unknown> =>
    rig.storage.records.write([
      {
        collection: 'members',
        key: `${at}/${id}`,
        value: role && { id, workspace: at, name: 'N', role, joinedMs: 1 },
      },
    ]);
  const invite = () => rig.ask(owner, 'POST', `/api/workspaces/${workspace}/members/${member}/invite-back`);
  await write(demo.value.id, member, 'owner');
  const early = await invite();
  expect(early.status).toBe(200);
  await write(other.value.id, member, 'owner');
  const refused = await invite();
  expect([refused.status, refused.body.error?.kind]).toEqual([403, 'belongs-elsewhere']);
  const device = rig.aPerson('10.0.0.2');
  const redeem = () => rig.ask(device, 'POST', '/api/invitations/redeem', { token: early.body['token'], name: 'X' });
  expect((await redeem()).status).toBe(404);
  expect(await idOf(device)).toBeUndefined();
  await write(other.value.id, (await idOf(owner)) ?? '', 'owner');
  expect((await invite()).status).toBe(200);
  expect((await redeem()).status).toBe(200);
  expect(await idOf(device)).toBe(member);
});

test('[PKY6] who runs the server lets an owner in as who they are, for an hour and once, and is written down', async () => {
  const member = (await idOf(owner)) ?? '';
  await rig.access.createWorkspace({ brand: 'Demo', isDemo: true });
  await rig.ask(owner, 'POST', '/api/session/end');
  const link = async (): Promise<string> => {
    const linked = await rig.access.linkOwner({});
    return linked.ok ? linked.value.token : linked.error.kind;
  };
  const [token, late] = [await link(), await link()];
  const redeem = async (device: Person, used: string): Promise<number> =>
    (await rig.ask(device, 'POST', '/api/invitations/redeem', { token: used, name: 'Other' })).status;
  const device = rig.aPerson('10.0.0.2');
  expect([await redeem(device, token), await redeem(rig.aPerson('10.0.0.3'), token)]).toEqual([200, 404]);
  expect(await idOf(device)).toBe(member);
  rig.clock.ms += 3_600_000;
  expect(await redeem(rig.aPerson('10.0.0.4'), late)).toBe(404);
  const written = (await rig.access.listAudit(workspace)).filter(({ kind }) => kind === 'owner-link');
  expect(written).toMatchObject([{ member: '', detail: member }, { member: '' }]);
  const other = await rig.access.createWorkspace({ brand: 'Other', isDemo: false });
  if (!other.ok) throw new Error('not made');
  expect(await rig.access.linkOwner({})).toMatchObject({ error: { kind: 'which-brand', among: [{}, {}] } });
  expect(await rig.access.linkOwner({ brand: 'Other' })).toMatchObject({ error: { kind: 'which-owner', among: [] } });
  expect(await rig.access.linkOwner({ brand: workspace, owner: 'Ann' })).toMatchObject({ value: { name: 'Ann' } });
});

test('[ACC21] members and their owner see where they are signed in and end it there; nobody else does', async () => {
  const operator = await rig.join(owner, workspace, 'operator');
  const observer = await rig.join(owner, workspace, 'observer');
  const [member, self] = [await idOf(operator), await idOf(owner)];
  const path = `/api/workspaces/${workspace}/members/${member}/sessions`;
  const opened = await rig.access.linkOwner({});
  const tablet = rig.aPerson('10.0.0.2');
  const agent = { 'user-agent': 'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1' };
  const token = opened.ok ? opened.value.token : '';
  await rig.ask(tablet, 'POST', '/api/invitations/redeem', { token, name: 'x' }, agent);
  await rig.ask(tablet, 'GET', '/api/session', undefined, agent);
  const listOf = async (by: Person, of: string | undefined) =>
    (await rig.ask(by, 'GET', path.replace(member ?? '', of ?? ''))).body.sessions as { id: string }[] | undefined;
  expect(await listOf(owner, self)).toMatchObject([
    { device: 'ipad safari', isThis: false },
    { device: 'other other', isThis: true },
  ]);
  expect(await listOf(operator, member)).toMatchObject([{ isThis: true, seenMs: expect.any(Number) as number }]);
  expect([await listOf(observer, member), await listOf(operator, self)]).toEqual([undefined, undefined]);
  const [stolen] = (await listOf(owner, self)) ?? [];
  expect((await rig.ask(operator, 'DELETE', `${path.replace(member ?? '', self ?? '')}/${stolen?.id}`)).status).toBe(
    403,
  );
  expect((await rig.ask(owner, 'DELETE', `${path}/${stolen?.id}`)).status).toBe(404);
  expect((await rig.ask(owner, 'DELETE', `${path.replace(member ?? '', self ?? '')}/${stolen?.id}`)).status).toBe(200);
  expect([await idOf(tablet), await idOf(owner)]).toEqual([undefined, self]);
  const [theirs] = (await listOf(owner, member)) ?? [];
  expect((await rig.ask(owner, 'DELETE', `${path}/${theirs?.id}`)).status).toBe(200);
  expect(await idOf(operator)).toBeUndefined();
  const written = (await rig.access.listAudit(workspace)).filter(({ kind }) => kind === 'session-ended');
  expect(written).toMatchObject([{ detail: self }, { member: self, detail: member }]);
});

test('[ACC21] a device is told apart by two words', () => {
  const chrome = '(KHTML, like Gecko) Chrome/156.0.0.0';
  expect(
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 ${chrome} Safari/537.36 Edg/156.0`,
      `Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 ${chrome} Mobile Safari/537.36 MicroMessenger/8.0`,
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.5 Safari/605.1.15',
      'curl/8',
    ].map(deviceOf),
  ).toEqual(['windows edge', 'android wechat', 'mac safari', 'other other']);
});
