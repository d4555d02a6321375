import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHttpRig, type HttpRig, type Person } from '../http-rig.ts';

let rig: HttpRig;
beforeEach(async () => {
  rig = await openHttpRig();
});
afterEach(() => rig.close());

const memberId = async (person: Person): Promise<string> => {
  const { body } = await rig.ask(person, 'GET', '/api/session');
  return (body.member as { id: string }).id;
};

describe('the claim', () => {
  test('[ACC1] works once, makes workspace, owner and session', async () => {
    const stale = await rig.access.issueClaim();
    const claim = await rig.access.issueClaim();
    const ann = rig.aPerson();
    expect((await rig.ask(ann, 'GET', '/api/session')).body).toMatchObject({ member: null, isClaimed: false });
    const body = { claim, name: ' Ann ', brand: 'North Slope' };
    expect((await rig.ask(ann, 'POST', '/api/claim', { ...body, claim: stale })).status).toBe(404);
    const claimed = await rig.ask(ann, 'POST', '/api/claim', body);
    expect(claimed.body.workspaces).toMatchObject([{ brand: 'North Slope', role: 'owner', isDemo: false }]);
    expect(claimed.body.member).toMatchObject({ name: 'Ann' });
    expect((await rig.ask(ann, 'GET', '/api/session')).body).toMatchObject({
      isClaimed: true,
      member: { name: 'Ann' },
    });
    expect((await rig.ask(rig.aPerson(), 'POST', '/api/claim', body)).body.error?.kind).toBe('unknown-claim');
    expect(await rig.access.issueClaim()).toBeNull();
  });

  test('[ACC2] no secret is in storage', async () => {
    const claim = (await rig.access.issueClaim()) ?? '';
    const waiting = JSON.stringify(await rig.storage.records.list('claims'));
    expect(waiting).not.toContain(claim);
    const ann = rig.aPerson();
    const claimed = await rig.ask(ann, 'POST', '/api/claim', { claim, name: 'Ann', brand: 'B' });
    const workspace = (claimed.body.workspaces as { id: string }[])[0]?.id;
    const invited = await rig.ask(ann, 'POST', `/api/workspaces/${workspace}/invitations`, { role: 'host' });
    const stored = JSON.stringify(
      await Promise.all(['claims', 'invitations', 'sessions', 'audit'].map((name) => rig.storage.records.list(name))),
    );
    for (const secret of [claim, ann.cookie.split('=')[1] ?? '?', String(invited.body.token)])
      expect(stored).not.toContain(secret);
  });

  test('a claim without a name or brand is a bad request that costs nothing but an attempt', async () => {
    const claim = await rig.access.issueClaim();
    const bad = await rig.ask(rig.aPerson(), 'POST', '/api/claim', { claim, name: '  ', brand: 'B' });
    expect([bad.status, bad.body.error]).toEqual([400, { kind: 'bad-request', field: 'name' }]);
    const noJson = await rig.ask(rig.aPerson(), 'POST', '/api/claim', new Uint8Array([123]));
    expect(noJson.body.error).toEqual({ kind: 'bad-request', field: '' });
    expect((await rig.ask(rig.aPerson(), 'POST', '/api/claim', { claim, name: 'A', brand: 'B' })).status).toBe(200);
  });

  test('[ACC18] a name that is too long is refused with its limit; one as long as it may be is taken', async () => {
    const claim = await rig.access.issueClaim();
    const ask = (name: string, brand: string) => rig.ask(rig.aPerson(), 'POST', '/api/claim', { claim, name, brand });
    const person = await ask('周'.repeat(41), 'B');
    expect([person.status, person.body.error]).toEqual([422, { kind: 'name-too-long', field: 'name', most: 40 }]);
    expect((await ask('A', '北'.repeat(61))).body.error).toEqual({ kind: 'name-too-long', field: 'brand', most: 60 });
    for (const name of ['\u0000', 'a\u0000b', 'a\nb', '\u200b', 'Bo\u202enna'])
      expect([name, (await ask(name, 'B')).body.error]).toEqual([name, { kind: 'bad-request', field: 'name' }]);
    rig.clock.ms += 60_000;
    expect((await ask('周'.repeat(40), '北'.repeat(60))).status).toBe(200);
  });
});

describe('invitations', () => {
  test('[ACC3, ACC4] looking does not use, redeeming does; role and uses hold', async () => {
    const { owner, workspace } = await rig.claim();
    const path = `/api/workspaces/${workspace}/invitations`;
    const invited = await rig.ask(owner, 'POST', path, { role: 'assistant', uses: 2 });
    expect(invited.body.address).toBe(`http://localhost:4747/join#invitation=${String(invited.body.token)}`);
    const { token } = invited.body;
    const [bo, cy, di] = [rig.aPerson('10.0.0.2'), rig.aPerson('10.0.0.3'), rig.aPerson('10.0.0.4')];
    for (let at = 0; at < 5; at += 1)
      expect((await rig.ask(bo, 'POST', '/api/invitations/look', { token })).body).toEqual({
        brand: 'North Slope',
        role: 'assistant',
      });
    const redeemed = await rig.ask(bo, 'POST', '/api/invitations/redeem', { token, name: 'Bo' });
    expect(redeemed.body.workspaces).toMatchObject([{ id: workspace, role: 'assistant' }]);
    expect((await rig.ask(cy, 'POST', '/api/invitations/redeem', { token, name: 'Cy' })).status).toBe(200);
    const third = await rig.ask(di, 'POST', '/api/invitations/redeem', { token, name: 'Di' });
    expect([third.status, third.body.error?.kind]).toEqual([404, 'unknown-invitation']);
    expect((await rig.ask(bo, 'POST', '/api/invitations/redeem', { token: 'x'.repeat(22), name: 'Bo' })).status).toBe(
      404,
    );
  });

  test('[ACC3] an invitation expires after seven days, and can be withdrawn', async () => {
    const { owner, workspace } = await rig.claim();
    const path = `/api/workspaces/${workspace}/invitations`;
    const invited = await rig.ask(owner, 'POST', path, { role: 'host' });
    rig.clock.ms += 7 * 86_400_000 - 1;
    expect((await rig.ask(rig.aPerson(), 'POST', '/api/invitations/look', { token: invited.body.token })).status).toBe(
      200,
    );
    rig.clock.ms += 1;
    expect((await rig.ask(rig.aPerson(), 'POST', '/api/invitations/look', { token: invited.body.token })).status).toBe(
      404,
    );
    const second = await rig.ask(owner, 'POST', path, { role: 'host' });
    expect((await rig.ask(owner, 'GET', path)).body.invitations).toHaveLength(1);
    expect((await rig.ask(owner, 'DELETE', `${path}/${String(second.body.id)}`)).status).toBe(200);
    expect((await rig.ask(owner, 'DELETE', `${path}/${String(second.body.id)}`)).status).toBe(404);
    const look = await rig.ask(rig.aPerson('10.0.0.9'), 'POST', '/api/invitations/look', { token: second.body.token });
    expect(look.status).toBe(404);
  });

  test('[ACC5] ten tries a minute from one address, over all three routes together', async () => {
    const { owner, workspace } = await rig.claim();
    rig.clock.ms += 60_000;
    const invited = await rig.ask(owner, 'POST', `/api/workspaces/${workspace}/invitations`, { role: 'host' });
    const eve = rig.aPerson('10.0.0.66');
    const routes = ['/api/claim', '/api/invitations/look', '/api/invitations/redeem'];
    for (let at = 0; at < 10; at += 1)
      expect((await rig.ask(eve, 'POST', routes[at % 3] ?? '', { token: 'g'.repeat(22) })).status).not.toBe(429);
    const eleventh = await rig.ask(eve, 'POST', '/api/invitations/redeem', { token: invited.body.token, name: 'Eve' });
    expect([eleventh.status, eleventh.headers.get('retry-after')]).toEqual([429, '60']);
    const bo = rig.aPerson('10.0.0.2');
    expect((await rig.ask(bo, 'POST', '/api/invitations/look', { token: invited.body.token })).status).toBe(200);
    rig.clock.ms += 60_000;
    expect((await rig.ask(eve, 'POST', '/api/invitations/look', { token: invited.body.token })).status).toBe(200);
  });

  test('[ACC17] a signed-in member joins another workspace as the same member, and an old link demotes nobody', async () => {
    const { owner, workspace } = await rig.claim();
    const other = await rig.access.createWorkspace({ brand: 'Elsewhere', isDemo: false });
    const elsewhere = other.ok ? other.value.id : '';
    const actor = { workspace: elsewhere, brand: '', isDemo: false, name: '', role: 'owner' as const, member: 'x' };
    const invited = await rig.access.invite(actor, { role: 'observer', days: 1, uses: 1 });
    const before = await memberId(owner);
    const token = invited.ok ? invited.value.token : '';
    const redeemed = await rig.ask(owner, 'POST', '/api/invitations/redeem', { token, name: 'Ann E.', as: before });
    expect(redeemed.body).toMatchObject({ workspace: elsewhere, workspaces: [{}, {}] });
    expect(await memberId(owner)).toBe(before);
    const own = await rig.ask(owner, 'POST', `/api/workspaces/${workspace}/invitations`, { role: 'observer' });
    const ask = { token: own.body.token, name: 'Ann' };
    expect((await rig.ask(owner, 'POST', '/api/invitations/look', ask)).body).toMatchObject({ inside: workspace });
    const refused = await rig.ask(owner, 'POST', '/api/invitations/redeem', { ...ask, as: before });
    expect([refused.status, refused.body.error?.kind]).toEqual([409, 'already-member']);
    const { body } = await rig.ask(owner, 'GET', '/api/session');
    expect(body.workspaces).toContainEqual(expect.objectContaining({ id: workspace, role: 'owner' }));
  });

  test('[ACC17] nobody comes in as whom the browser happens to be signed in as; who comes in as another ends that', async () => {
    const { owner, workspace } = await rig.claim();
    const invited = await rig.ask(owner, 'POST', `/api/workspaces/${workspace}/invitations`, { role: 'host' });
    const [ann, kept] = [await memberId(owner), owner.cookie];
    const redeem = (by: Person, as?: string) =>
      rig.ask(by, 'POST', '/api/invitations/redeem', { token: invited.body.token, name: 'Bob', ...(as ? { as } : {}) });
    for (const as of [undefined, 'somebody']) {
      const refused = await redeem(owner, as);
      expect([refused.status, refused.body.error?.kind]).toEqual([409, 'signed-in']);
    }
    expect(owner.cookie).toBe(kept);
    expect((await redeem(rig.aPerson(), ann)).body.error?.kind).toBe('signed-out');
    const bob = await redeem(owner, 'another');
    expect(bob.body).toMatchObject({ workspace, member: { name: 'Bob' }, workspaces: [{ role: 'host' }] });
    expect(await memberId(owner)).not.toBe(ann);
    expect((await rig.ask({ ...owner, cookie: kept }, 'GET', '/api/session')).body.member).toBeNull();
    expect((await rig.access.listMembers(workspace)).map(({ role }) => role).sort()).toEqual(['host', 'owner']);
  });

  test('[ACC17, PKY4] a link for one member opens in another’s browser only by ending that session', async () => {
    const { owner, workspace } = await rig.claim();
    const host = await rig.join(owner, workspace, 'host', '10.0.0.2');
    const [ann, hostId] = [await memberId(owner), await memberId(host)];
    const linked = await rig.ask(owner, 'POST', `/api/workspaces/${workspace}/members/${hostId}/invite-back`);
    const ask = { token: linked.body.token, name: 'The host' };
    expect((await rig.ask(owner, 'POST', '/api/invitations/look', ask)).body).not.toHaveProperty('inside');
    const stays = await rig.ask(owner, 'POST', '/api/invitations/redeem', { ...ask, as: ann });
    expect(stays.body.error?.kind).toBe('signed-in');
    expect((await rig.ask(owner, 'POST', '/api/invitations/redeem', { ...ask, as: 'another' })).status).toBe(200);
    expect(await memberId(owner)).toBe(hostId);
  });
});

describe('sessions', () => {
  test('[ACC6] end when ended, and after thirty days without a visit', async () => {
    const { owner } = await rig.claim();
    rig.clock.ms += 29 * 86_400_000;
    expect((await rig.ask(owner, 'GET', '/api/session')).body.member).not.toBeNull();
    rig.clock.ms += 29 * 86_400_000;
    expect((await rig.ask(owner, 'GET', '/api/session')).body.member).not.toBeNull();
    const kept = owner.cookie;
    rig.clock.ms += 31 * 86_400_000;
    expect((await rig.ask(owner, 'GET', '/api/session')).body.member).toBeNull();
    owner.cookie = `${kept}forged`;
    expect((await rig.ask(owner, 'GET', '/api/session')).body.member).toBeNull();
  });

  test('[ACC6] ending a session takes the cookie away and makes it worthless', async () => {
    const { owner } = await rig.claim();
    const kept = owner.cookie;
    const ended = await rig.ask(owner, 'POST', '/api/session/end');
    expect(ended.headers.get('set-cookie')).toContain('Max-Age=0');
    owner.cookie = kept;
    expect((await rig.ask(owner, 'GET', '/api/session')).body.member).toBeNull();
  });

  test('[ACC20] a token is replaced once a day, and the old one dies once the new one has been seen', async () => {
    const { owner } = await rig.claim();
    const whoIs = async (cookie: string): Promise<unknown> =>
      (await rig.ask({ ...owner, cookie }, 'GET', '/api/session')).body.member;
    const first = owner.cookie;
    rig.clock.ms += 3_600_000;
    await rig.ask(owner, 'GET', '/api/session');
    expect(owner.cookie).toBe(first);
    rig.clock.ms += 86_400_000;
    // The answer with the new token is lost: the old one goes on, for as long as it takes.
    expect(await whoIs(first)).not.toBeNull();
    rig.clock.ms += 3 * 86_400_000;
    const answer = await rig.ask(owner, 'GET', '/api/session');
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    expect(owner.cookie).not.toBe(first);
    expect(await whoIs(owner.cookie)).not.toBeNull();
    expect(await whoIs(first)).not.toBeNull();
    rig.clock.ms += 60_000;
    expect(await whoIs(first)).toBeNull();
    expect(await whoIs(owner.cookie)).not.toBeNull();
    // Swept or not, it stays dead; and ending the session ends every token of it.
    await rig.storage.records.removeExpired(rig.clock.ms + 86_400_000);
    expect(await whoIs(first)).toBeNull();
    await rig.ask(owner, 'POST', '/api/session/end');
    const records = JSON.stringify(await rig.storage.records.list('session-tokens'));
    expect(records).not.toContain(first.split('=')[1]);
  });

  test('[ACC20] on a full disk a token that is due stays, and one just replaced goes on, until it can be noted', async () => {
    const { owner } = await rig.claim();
    const whoIs = async (cookie: string): Promise<unknown> =>
      ((await rig.ask({ ...owner, cookie }, 'GET', '/api/session')).body.member as { name: string } | null)?.name;
    const first = owner.cookie;
    rig.clock.ms += 86_400_000;
    rig.storage.failWrites(new Error('disk full'));
    expect([await whoIs(first), owner.cookie]).toEqual(['Ann', first]);
    rig.storage.failWrites(null);
    await rig.ask(owner, 'GET', '/api/session');
    rig.storage.failWrites(new Error('disk full'));
    expect([await whoIs(owner.cookie), await whoIs(first)]).toEqual(['Ann', 'Ann']);
    rig.storage.failWrites(null);
    await whoIs(owner.cookie);
    rig.clock.ms += 60_000;
    expect([await whoIs(owner.cookie), await whoIs(first)]).toEqual(['Ann', undefined]);
  });

  test('[ACC20] a session of before tokens were replaced goes on, and gets a new token, too', async () => {
    const { owner } = await rig.claim();
    const { records } = rig.storage;
    const [session] = await records.list('sessions');
    const [token] = await records.list('session-tokens');
    await records.write([
      { collection: 'session-tokens', key: token!.key, value: null },
      { collection: 'sessions', key: session!.key, value: null },
      { collection: 'sessions', key: token!.key, value: session!.value },
    ]);
    const first = owner.cookie;
    rig.clock.ms += 2 * 86_400_000;
    expect((await rig.ask(owner, 'GET', '/api/session')).body.member).not.toBeNull();
    rig.clock.ms += 2 * 86_400_000;
    await rig.ask(owner, 'GET', '/api/session');
    expect(owner.cookie).not.toBe(first);
    await rig.ask(owner, 'GET', '/api/session');
    rig.clock.ms += 60_000;
    expect((await rig.ask({ ...owner, cookie: first }, 'GET', '/api/session')).body.member).toBeNull();
    await records.removeExpired(rig.clock.ms + 86_400_000);
    expect((await rig.ask({ ...owner, cookie: first }, 'GET', '/api/session')).body.member).toBeNull();
  });

  test('[ACC7] the cookie: HttpOnly, SameSite, and __Host- with Secure over HTTPS', async () => {
    const claim = await rig.access.issueClaim();
    const plain = await rig.ask(rig.aPerson(), 'POST', '/api/claim', { claim, name: 'Ann', brand: 'B' });
    expect(plain.headers.get('set-cookie')).toMatch(
      /^larder-4747=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );
    const proxied = await openHttpRig({ isBehindProxy: true });
    const body = { claim: await proxied.access.issueClaim(), name: 'Ann', brand: 'B' };
    const headers = {
      origin: 'https://larder.example',
      'x-forwarded-host': 'larder.example',
      'x-forwarded-proto': 'https',
    };
    const secure = await proxied.ask(proxied.aPerson(), 'POST', '/api/claim', body, headers);
    expect(secure.headers.get('set-cookie')).toMatch(
      /^__Host-larder=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/,
    );
    await proxied.close();
  });
});

describe('members', () => {
  test('[ACC8] owners give every role, operators all but owner, others none', async () => {
    const { owner, workspace } = await rig.claim();
    const operator = await rig.join(owner, workspace, 'operator', '10.0.0.2');
    const host = await rig.join(owner, workspace, 'host', '10.0.0.3');
    const members = `/api/workspaces/${workspace}/members`;
    const invitations = `/api/workspaces/${workspace}/invitations`;
    expect((await rig.ask(operator, 'POST', invitations, { role: 'host' })).status).toBe(200);
    expect((await rig.ask(operator, 'POST', invitations, { role: 'owner' })).body.error?.kind).toBe('not-allowed');
    expect((await rig.ask(host, 'POST', invitations, { role: 'observer' })).status).toBe(403);
    expect((await rig.ask(host, 'GET', invitations)).status).toBe(403);
    const [ownerId, operatorId, hostId] = await Promise.all([owner, operator, host].map(memberId));
    expect((await rig.ask(operator, 'PATCH', `${members}/${ownerId}`, { role: 'observer' })).status).toBe(403);
    expect((await rig.ask(operator, 'DELETE', `${members}/${ownerId}`)).status).toBe(403);
    expect((await rig.ask(operator, 'PATCH', `${members}/${operatorId}`, { role: 'owner' })).status).toBe(403);
    expect((await rig.ask(operator, 'PATCH', `${members}/${hostId}`, { role: 'assistant' })).status).toBe(200);
    expect((await rig.ask(host, 'PATCH', `${members}/${operatorId}`, { name: 'Mallory' })).status).toBe(403);
    expect((await rig.ask(host, 'PATCH', `${members}/${hostId}`, { name: 'Hao' })).status).toBe(200);
    expect((await rig.ask(host, 'GET', members)).body.members).toContainEqual(
      expect.objectContaining({ id: hostId, name: 'Hao', role: 'assistant' }),
    );
    expect((await rig.ask(operator, 'DELETE', `${members}/${hostId}`)).status).toBe(200);
    expect((await rig.ask(host, 'GET', members)).status).toBe(404);
  });

  test('[ACC9] the last owner can neither leave nor be demoted, even when two go at once', async () => {
    const { owner, workspace } = await rig.claim();
    const members = `/api/workspaces/${workspace}/members`;
    const first = await memberId(owner);
    const demoted = await rig.ask(owner, 'PATCH', `${members}/${first}`, { role: 'operator' });
    expect([demoted.status, demoted.body.error?.kind]).toEqual([409, 'last-owner']);
    expect((await rig.ask(owner, 'DELETE', `${members}/${first}`)).body.error?.kind).toBe('last-owner');
    const second = await rig.join(owner, workspace, 'owner', '10.0.0.2');
    const both = await Promise.all([
      rig.ask(owner, 'DELETE', `${members}/${first}`),
      rig.ask(second, 'DELETE', `${members}/${await memberId(second)}`),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('[ACC14] a foreign workspace is as unknown as none', async () => {
    const { owner } = await rig.claim();
    await rig.access.createWorkspace({ id: 'elsewhere', brand: 'Elsewhere', isDemo: false });
    for (const workspace of ['elsewhere', 'nowhere'])
      for (const what of ['members', 'invitations', 'identity-secret'])
        expect((await rig.ask(owner, 'GET', `/api/workspaces/${workspace}/${what}`)).body.error?.kind).toBe(
          'unknown-workspace',
        );
    expect((await rig.ask(rig.aPerson(), 'GET', '/api/workspaces/elsewhere/members')).status).toBe(401);
  });

  test('[ACC15] only owner and operator get the identity secret', async () => {
    const { owner, workspace } = await rig.claim();
    const path = `/api/workspaces/${workspace}/identity-secret`;
    const secret = (await rig.ask(owner, 'GET', path)).body.identitySecret;
    expect(Buffer.from(String(secret), 'base64')).toHaveLength(32);
    const operator = await rig.join(owner, workspace, 'operator');
    expect((await rig.ask(operator, 'GET', path)).body.identitySecret).toBe(secret);
    for (const role of ['host', 'assistant', 'stockkeeper', 'observer'] as const)
      expect((await rig.ask(await rig.join(owner, workspace, role), 'GET', path)).status).toBe(403);
  });

  test('[ACC16] what matters is in the audit log, for owners', async () => {
    const { owner, workspace } = await rig.claim();
    const host = await rig.join(owner, workspace, 'host');
    const members = `/api/workspaces/${workspace}/members`;
    const hostId = await memberId(host);
    await rig.ask(owner, 'PATCH', `${members}/${hostId}`, { role: 'assistant' });
    const exports = `/api/workspaces/${workspace}/exports`;
    expect((await rig.ask(host, 'POST', exports, { what: 'follow-ups' })).status).toBe(200);
    expect((await rig.ask(host, 'POST', exports, { what: 'anything at all' })).status).toBe(400);
    await rig.ask(owner, 'DELETE', `${members}/${hostId}`);
    expect((await rig.ask(host, 'POST', exports, { what: 'follow-ups' })).status).toBe(404);
    const invitations = `/api/workspaces/${workspace}/invitations`;
    const { id } = (await rig.ask(owner, 'POST', invitations, { role: 'observer' })).body;
    await rig.ask(owner, 'DELETE', `${invitations}/${id}`);
    const { body } = await rig.ask(owner, 'GET', `/api/workspaces/${workspace}/audit`);
    const entries = body.entries as { kind: string; detail?: string }[];
    const detailsOf = (kind: string) => entries.filter((entry) => entry.kind === kind).map(({ detail }) => detail);
    expect(detailsOf('joined')).toEqual([detailsOf('invited')[0]]);
    expect(detailsOf('invitation-withdrawn')).toEqual([id]);
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'member-removed', detail: hostId, name: 'The host' }),
    );
    expect(entries.map(({ kind }) => kind)).toEqual([
      'claimed',
      'invited',
      'joined',
      'member-changed',
      'exported',
      'member-removed',
      'invited',
      'invitation-withdrawn',
    ]);
    const operator = await rig.join(owner, workspace, 'operator');
    expect((await rig.ask(operator, 'GET', `/api/workspaces/${workspace}/audit`)).status).toBe(403);
  });
});

describe('where a request comes from', () => {
  test('[ACC11] every changing request from a foreign page is refused', async () => {
    const { owner, workspace } = await rig.claim();
    for (const origin of ['http://evil.example', 'null', 'http://localhost:4748', 'https://localhost:4747', null])
      for (const [method, path] of [
        ['POST', '/api/session/end'],
        ['POST', `/api/workspaces/${workspace}/invitations`],
        ['PATCH', `/api/workspaces/${workspace}/members/x`],
        ['DELETE', '/api/demo'],
        ['PUT', `/api/workspaces/${workspace}/rooms/facts/orders/2026-11/blobs/${'a'.repeat(64)}`],
      ] as const) {
        const answer = await rig.ask(owner, method, path, { role: 'host' }, { origin });
        expect([origin, path, answer.body.error?.kind]).toEqual([origin, path, 'foreign-origin']);
      }
    expect((await rig.ask(owner, 'GET', '/api/session')).body.member).not.toBeNull();
    for (const path of ['/api/claim', '/api/invitations/redeem']) {
      const answer = await rig.ask(rig.aPerson(), 'POST', path, {}, { origin: null });
      expect([path, answer.body.error?.kind]).toEqual([path, 'foreign-origin']);
    }
  });

  test('[ACC12] a name that was pointed at this machine opens nothing', async () => {
    const answer = await rig.ask(rig.aPerson(), 'GET', '/api/session', undefined, { host: 'evil.example:4747' });
    expect([answer.status, answer.body.error?.kind]).toEqual([421, 'foreign-host']);
  });
});

describe('the demo', () => {
  const createDemo = (): Promise<unknown> =>
    rig.access.createWorkspace({ id: 'demo', brand: 'Demo', isDemo: true, counts: { customers: 9, orders: 99 } });

  test('[ACC13] is entered from this machine only, in any role', async () => {
    await createDemo();
    const near = rig.aPerson('::ffff:127.0.0.1');
    expect((await rig.ask(near, 'GET', '/api/session')).body.demo).toEqual({
      id: 'demo',
      brand: 'Demo',
      customers: 9,
      orders: 99,
    });
    const entered = await rig.ask(near, 'POST', '/api/demo/enter', { role: 'host', name: 'Guest' });
    expect(entered.body.workspaces).toMatchObject([{ id: 'demo', role: 'host', isDemo: true }]);
    const again = await rig.ask(near, 'POST', '/api/demo/enter', { role: 'owner' });
    expect(again.body.workspaces).toMatchObject([{ id: 'demo', role: 'owner' }]);
    const far = rig.aPerson('192.168.1.5');
    expect((await rig.ask(far, 'GET', '/api/session')).body.demo).toBeNull();
    expect((await rig.ask(far, 'POST', '/api/demo/enter', { role: 'owner' })).body.error?.kind).toBe('loopback-only');
    const forwarded = { 'x-forwarded-for': '127.0.0.1' };
    expect((await rig.ask(far, 'POST', '/api/demo/enter', { role: 'owner' }, forwarded)).status).toBe(403);
  });

  test('[ACC13] behind a proxy nobody counts as this machine', async () => {
    const proxied = await openHttpRig({ isBehindProxy: true });
    await proxied.access.createWorkspace({ id: 'demo', brand: 'Demo', isDemo: true });
    expect((await proxied.ask(proxied.aPerson(), 'POST', '/api/demo/enter', { role: 'owner' })).status).toBe(403);
    await proxied.close();
  });

  test('[ACC13] removing it removes members, documents and blobs, and nothing else', async () => {
    await createDemo();
    const { owner, workspace } = await rig.claim();
    for (const name of ['demo', workspace]) {
      await rig.rooms.change(`${name}/settings`, 'test', (doc) => doc.getMap('a').set('b', 1));
      await rig.storage.blobs.write(name, 'a'.repeat(64), Uint8Array.of(1));
    }
    const guest = rig.aPerson();
    await rig.ask(guest, 'POST', '/api/demo/enter', { role: 'operator' });
    expect((await rig.ask(guest, 'DELETE', '/api/demo')).status).toBe(403);
    expect((await rig.ask(owner, 'DELETE', '/api/demo')).status).toBe(200);
    expect(await rig.storage.log.list('demo')).toEqual([]);
    expect(await rig.storage.blobs.list('demo')).toEqual([]);
    await expect(rig.rooms.change('demo/settings', 'late', (doc) => doc.getMap('a').set('b', 2))).rejects.toThrow();
    expect(await rig.storage.log.list(workspace)).toEqual([`${workspace}/settings`]);
    expect(await rig.storage.blobs.list(workspace)).toHaveLength(1);
    const after = await rig.ask(guest, 'GET', '/api/session');
    expect(after.body).toMatchObject({ workspaces: [], demo: null });
    expect((await rig.ask(owner, 'DELETE', '/api/demo')).status).toBe(404);
  });
});
