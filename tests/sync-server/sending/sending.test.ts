import { afterEach, beforeEach, expect, test } from 'vitest';
import { setExclusion } from '#core/identity/exclusions.doc.ts';
import { decisionId } from '#core/journeys/decision-id.ts';
import { roles } from '#core/units/role.ts';
import type { CampaignId } from '#core/units/ids.ts';
import { openSending, type Sending } from '#sync-server/open-sending.ts';
import { createKeyRing } from '#sync-server/vault/key-ring.ts';
import { aConsent, aCustomerId, aDecision } from '#tests/makers/facts.ts';
import { type SendingRig, gone, goneToo, isSigned, openSendingRig, phone, stays } from './sending-rig.ts';

let rig: SendingRig;
beforeEach(async () => {
  rig = await openSendingRig();
});
afterEach(() => rig.closeAll());

const hourMs = 3_600_000;
const stranger = aCustomerId(77);
const reasons = (fates: readonly { state: string; reason?: string }[]) =>
  fates.map(({ state, reason }) => reason ?? state);
const service = { rule: 'follow-up/ordered', decision: decisionId('family', 'follow-up/ordered', stays, 'guide') };

test('[SND1] a secret is shown once and kept sealed; the address is https unless private ones were ticked', async () => {
  const { id, secret } = await rig.makeEndpoint();
  expect(secret).toMatch(/^whsec_/);
  expect(await rig.everything()).not.toContain(secret.slice(6));
  expect(JSON.stringify(await rig.look())).not.toContain(secret.slice(6));
  expect((await rig.look()).endpoints).toMatchObject([
    { id, state: 'on', sent: 0, waiting: 0, failed: 0, lastMs: null },
  ]);
  await expect(rig.makeEndpoint({ allowsPrivate: false })).rejects.toThrow('not-https');
  await expect(rig.makeEndpoint({ address: 'https://a:b@x.example/' })).rejects.toThrow('bad-address');
  await expect(rig.makeEndpoint({ channel: 'community' })).rejects.toThrow('bad-request');
  await expect(rig.makeEndpoint({ wantsPhone: true })).rejects.toThrow('no-phone-here');
});

test('[SND2] the owner sets up, owner and operator hand over, nobody else does either', async () => {
  const { http, owner, workspace, url } = rig;
  const { id } = await rig.makeEndpoint();
  const wish = { address: rig.gateway.address, channel: 'sms', allowsPrivate: true, wantsPhone: false };
  const batch = { endpoint: id, campaign: 'family', isTrial: true, decisions: [rig.aWish(stays)] };
  const doors = [
    ['owner', 'POST', '/endpoints', wish],
    ['owner', 'PATCH', `/endpoints/${id}`, { isOn: true }],
    ['owner', 'POST', `/endpoints/${id}/ping`, {}],
    ['operator', 'GET', '', undefined],
    ['operator', 'POST', '/batches', batch],
    ['operator', 'POST', '/messages/x/retry', {}],
    ['owner', 'DELETE', `/endpoints/${id}`, undefined],
  ] as const;
  for (const role of roles) {
    const person = role === 'owner' ? owner : await http.join(owner, workspace, role);
    for (const [least, method, path, body] of doors) {
      const mayPass = role === 'owner' || (role === 'operator' && least === 'operator');
      const { status } = await http.ask(person, method, url(path), body);
      expect([role, method, path, status !== 403]).toEqual([role, method, path, mayPass]);
    }
  }
  expect((await http.ask(http.aPerson(), 'GET', url())).status).toBe(401);
  const foreign = await http.ask(owner, 'POST', url('/batches'), batch, { origin: 'https://elsewhere.example' });
  expect(foreign.body.error?.kind).toBe('foreign-origin');
});

test('[SND3, SND8] acts and batches are in the audit log, without address, text or person', async () => {
  const { id } = await rig.makeEndpoint();
  await rig.hand(id, [rig.aWish(stays)]);
  await rig.pass(0);
  await rig.http.ask(rig.owner, 'DELETE', rig.url(`/endpoints/${id}`));
  const { body } = await rig.http.ask(rig.owner, 'GET', `/api/workspaces/${rig.workspace}/audit`);
  const entries = (body['entries'] as { kind: string; detail: string }[]).slice(-3);
  expect(entries.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['endpoint-made', 'wecom-1v1'],
    ['messages-handed', 'wecom-1v1 1'],
    ['endpoint-removed', 'wecom-1v1'],
  ]);
  expect(JSON.stringify(body)).not.toContain('127.0.0.1');
  expect(rig.http.reports.join()).not.toContain('小满');
});

test('[SND4, SND13] a message is called out signed, and becomes a confirmed decision that every device reads', async () => {
  const endpoint = await rig.makeEndpoint();
  expect(await rig.hand(endpoint.id, [rig.aWish(stays)])).toEqual([
    { decision: rig.aWish(stays)['decision'], state: 'now' },
  ]);
  expect(await rig.decisions()).toMatchObject([{ state: 'handed-over', version: 1, byMember: 'server' }]);
  await rig.pass(0);
  const [call] = rig.gateway.heard;
  expect(isSigned(endpoint, call!, rig.http.clock.ms)).toBe(true);
  expect(isSigned({ ...endpoint, secret: 'whsec_AAAA' }, call!, rig.http.clock.ms)).toBe(false);
  expect(call!.headers['webhook-id']).toBe(rig.aWish(stays)['decision']);
  expect(call!.event).toEqual({
    type: 'message.send',
    timestamp: new Date(rig.http.clock.ms).toISOString(),
    data: {
      decisionId: rig.aWish(stays)['decision'],
      customer: stays,
      channel: 'wecom-1v1',
      purpose: 'marketing',
      text: '小满妈妈，牛奶快喝完了吧',
      to: { openid: 'oSTAYS' },
    },
  });
  expect(await rig.decisions()).toMatchObject([
    { state: 'confirmed', version: 2, channel: 'wecom-1v1', customer: stays, item: 'milk', campaign: 'family' },
  ]);
  expect((await rig.look()).endpoints).toMatchObject([{ sent: 1, waiting: 0, lastMs: rig.http.clock.ms }]);
  const ping = await rig.http.ask(rig.owner, 'POST', rig.url(`/endpoints/${endpoint.id}/ping`), {});
  expect(ping.body).toEqual({ answer: { kind: 'accepted', status: 204 } });
  expect(rig.gateway.heard.at(-1)?.event).toMatchObject({ type: 'ping', data: {} });
});

test('[SND5] the server asks everything itself: consent, cap, who it is, how to reach them', async () => {
  const { id } = await rig.makeEndpoint();
  const wishes = [rig.aWish(stays), rig.aWish(gone), rig.aWish(stranger)];
  expect(reasons(await rig.hand(id, wishes, { isTrial: true }))).toEqual(['now', 'now', 'unknown-customer']);
  await rig.learn(
    aConsent({ customer: goneToo, channel: 'manual', state: 'refused' }),
    aConsent({ customer: stranger, channel: 'wecom-1v1' }),
  );
  await rig.pass(3000);
  // A refusal under one of two ids is the person's; somebody without any platform's id cannot be reached.
  expect(reasons(await rig.hand(id, wishes, { isTrial: true }))).toEqual(['now', 'refused', 'no-contact']);
  const service = await rig.makeEndpoint({ channel: 'service-account' });
  expect(reasons(await rig.hand(service.id, [rig.aWish(stays)], { isTrial: true }))).toEqual(['wrong-purpose']);
  await rig.bring('facts/decisions/2026-11', [
    ...['a', 'b'].map((decision) =>
      aDecision({
        decision,
        customer: stays,
        campaign: decision as CampaignId,
        rule: 'follow-up/watched',
        coupon: '85',
        state: 'confirmed',
        atMs: rig.http.clock.ms,
      }),
    ),
  ]);
  await rig.pass(3000);
  expect(reasons(await rig.hand(id, wishes, { isTrial: true }))).toEqual(['weekly-cap', 'refused', 'no-contact']);
  await rig.http.rooms.change(`${rig.workspace}/settings`, 'owner', (doc) =>
    setExclusion(doc, [stays], { reason: 'staff', atMs: 1, member: 'm' }),
  );
  await rig.pass(3000);
  expect(reasons(await rig.hand(id, wishes, { isTrial: true }))).toEqual(['excluded', 'refused', 'no-contact']);
  const named = { ...rig.aWish(stays), decision: `family/missed/${gone}` };
  await expect(rig.hand(id, [named])).rejects.toThrow('bad-request');
});

test('[SND5, SND6] marketing waits for eight o’clock, and consent withdrawn in the wait stops it', async () => {
  const { id } = await rig.makeEndpoint();
  rig.http.clock.ms = Date.UTC(2026, 10, 20, 15);
  const morningMs = Date.UTC(2026, 10, 21, 0);
  const late = rig.aWish(gone, { deadlineMs: rig.http.clock.ms + hourMs });
  expect(await rig.hand(id, [rig.aWish(stays), late])).toMatchObject([
    { state: 'waits', notBeforeMs: morningMs },
    { state: 'left-out', reason: 'too-late' },
  ]);
  await rig.pass(8 * hourMs);
  expect(rig.gateway.heard).toHaveLength(0);
  await rig.learn(aConsent({ customer: stays, channel: 'wecom-1v1', state: 'refused' }));
  await rig.pass(hourMs);
  expect(rig.gateway.heard).toHaveLength(0);
  expect((await rig.look()).messages).toMatchObject([
    { state: 'failed', failure: { kind: 'refused' }, canRetry: false },
  ]);
  expect(await rig.decisions()).toMatchObject([{ state: 'taken-back' }]);
});

test('[SND6, SND10] tried again on schedule; marketing ends at its deadline, a service word at the tenth try', async () => {
  const { id } = await rig.makeEndpoint();
  rig.gateway.answer = [500, 302, 500];
  await rig.hand(id, [
    rig.aWish(stays, { deadlineMs: rig.http.clock.ms + hourMs }),
    { ...rig.aWish(stays), ...service },
  ]);
  await rig.pass(0);
  expect(rig.gateway.heard).toHaveLength(2);
  for (const [waitMs, calls] of [
    [4_900, 2],
    [700, 4],
    [5 * 60_000 - 100, 4],
    [30_100, 6],
    [33 * 60_000, 8],
  ] as const) {
    await rig.pass(waitMs);
    expect([waitMs, rig.gateway.heard.length]).toEqual([waitMs, calls]);
  }
  // The next try would be two hours on.
  expect((await rig.look()).messages).toMatchObject([
    ...(await rig.look()).messages.map(({ state }) =>
      state === 'failed' ? { failure: { kind: 'too-late', status: 500 }, canRetry: false } : { tries: 4 },
    ),
  ]);
  expect((await rig.decisions()).map(({ state }) => state).sort()).toEqual(['expired', 'handed-over']);
  for (let at = 0; at < 12; at += 1) await rig.pass(27 * hourMs);
  expect(rig.gateway.heard).toHaveLength(8 + 6);
  expect((await rig.look()).messages.map(({ failure }) => failure)).toContainEqual({
    kind: 'not-accepted',
    status: 500,
  });
  expect((await rig.decisions()).map(({ state }) => state).sort()).toEqual(['expired', 'taken-back']);
});

test('[SND7] a decision is sent once, whoever hands it over, and not when somebody was quicker', async () => {
  const { id } = await rig.makeEndpoint();
  const other = await rig.makeEndpoint();
  const twice = [rig.aWish(stays), rig.aWish(stays)];
  const [first, second] = await Promise.all([rig.hand(id, twice), rig.hand(other.id, twice)]);
  expect([reasons(first), reasons(second)]).toEqual([
    ['now', 'waits-already'],
    ['waits-already', 'waits-already'],
  ]);
  await rig.pass(0);
  expect(reasons(await rig.hand(other.id, twice))).toEqual(['sent-already', 'sent-already']);
  expect(rig.gateway.heard).toHaveLength(1);
  rig.http.clock.ms = Date.UTC(2026, 10, 20, 15);
  const wish = rig.aWish(gone);
  await rig.hand(id, [wish]);
  const decision = (await rig.decisions()).find(({ customer }) => customer === gone)!;
  await rig.bring('facts/decisions/2026-11', [{ ...decision, version: 2, state: 'taken-back', byMember: 'm' }]);
  await rig.pass(10 * hourMs);
  expect([rig.gateway.heard.length, await rig.messages()]).toEqual([1, []]);
  expect(reasons(await rig.hand(id, [{ ...wish, version: 3 }]))).toEqual(['now']);
  await rig.pass(0);
  expect(await rig.decisions()).toContainEqual(expect.objectContaining({ customer: gone, state: 'confirmed' }));
});

test('[SND8] a number goes into the call of the endpoint that was ticked for it, and nowhere else', async () => {
  const wish = { ...rig.aWish(gone, service), decision: decisionId('family', 'follow-up/ordered', gone, 'guide') };
  const { id } = await rig.makeEndpoint({ channel: 'sms', wantsPhone: true });
  expect(reasons(await rig.hand(id, [wish], { isTrial: true }))).toEqual(['no-contact']);
  const contacts = [{ customer: goneToo, kind: 'phone', clear: phone }];
  await rig.http.ask(rig.owner, 'PUT', `/api/workspaces/${rig.workspace}/contacts`, { contacts });
  await rig.hand(id, [wish]);
  await rig.pass(0);
  expect(rig.gateway.heard[0]?.event.data).toMatchObject({ to: { phone, openid: 'oGONE' }, purpose: 'service' });
  rig.gateway.answer = [500];
  await rig.hand(id, [{ ...wish, decision: decisionId('family', 'follow-up/ordered', gone, 'confirm') }]);
  await rig.pass(0);
  expect((await rig.look()).messages).toHaveLength(1);
  expect(await rig.everything()).not.toContain(phone);
  expect(rig.http.reports.join()).not.toContain(phone);
});

test('[SND9] who asks to be forgotten takes every message along, also one that is being called', async () => {
  const { id } = await rig.makeEndpoint();
  rig.http.clock.ms = Date.UTC(2026, 10, 20, 15);
  await rig.hand(id, [rig.aWish(gone), rig.aWish(stays)]);
  await rig.erase();
  expect((await rig.messages()).map(({ decision }) => decision.customer)).toEqual([stays]);
  await rig.pass(10 * hourMs);
  expect(rig.gateway.heard.map(({ event }) => event.data['customer'])).toEqual([stays]);
  expect(await rig.everything()).not.toContain('小满');
  expect(reasons(await rig.hand(id, [rig.aWish(gone, { version: 5 })]))).toEqual(['unknown-customer']);
});

test('[SND9] nothing of a call under way is written after the erasure', async () => {
  const { id } = await rig.makeEndpoint();
  rig.gateway.answer = [{ status: 500, headers: {} }];
  await rig.hand(id, [rig.aWish(gone)]);
  rig.http.sending.sender.tick();
  await rig.erase();
  await rig.pass(0);
  expect(await rig.messages()).toEqual([]);
});

test('[SND10, SND16] an address that may not be called is given up at once, and can be tried again', async () => {
  const { id } = await rig.makeEndpoint({ address: 'https://127.0.0.1/', allowsPrivate: false });
  await rig.hand(id, [rig.aWish(stays)]);
  await rig.pass(0);
  const [failed] = (await rig.look()).messages;
  expect(failed).toMatchObject({ state: 'failed', failure: { kind: 'private-address' }, canRetry: true });
  expect(await rig.decisions()).toMatchObject([{ state: 'taken-back', version: 2 }]);
  const again = await rig.http.ask(rig.owner, 'POST', rig.url(`/messages/${String(failed!['id'])}/retry`), {});
  expect(again.body).toMatchObject({ state: 'now' });
  await rig.pass(0);
  expect(await rig.decisions()).toMatchObject([{ state: 'taken-back', version: 4 }]);
  await rig.pass(8 * 24 * hourMs);
  await rig.http.storage.records.removeExpired(rig.http.clock.ms);
  expect(await rig.messages()).toEqual([]);
});

test('[SND11, SND16] 410 turns the endpoint off and gives everybody back; on again, they can be sent again', async () => {
  const { id } = await rig.makeEndpoint();
  rig.gateway.answer = [410];
  await rig.hand(id, [rig.aWish(stays), rig.aWish(gone)]);
  await rig.pass(0);
  const { endpoints, messages } = await rig.look();
  expect(endpoints).toMatchObject([{ state: 'gone', failed: 2, waiting: 0 }]);
  expect((await rig.decisions()).map(({ state }) => state)).toEqual(['taken-back', 'taken-back']);
  const retry = (message: Record<string, unknown>) =>
    rig.http.ask(rig.owner, 'POST', rig.url(`/messages/${String(message['id'])}/retry`), {});
  expect((await retry(messages[0]!)).body.error?.kind).toBe('endpoint-off');
  await rig.http.ask(rig.owner, 'PATCH', rig.url(`/endpoints/${id}`), { isOn: true });
  rig.gateway.answer = [200];
  rig.http.clock.ms += 3000;
  for (const message of messages) expect((await retry(message)).body).toMatchObject({ state: 'now' });
  await rig.pass(0);
  expect((await rig.decisions()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
  await rig.http.ask(rig.owner, 'PATCH', rig.url(`/endpoints/${id}`), { isOn: false });
  expect((await rig.http.ask(rig.owner, 'POST', rig.url('/batches'), { ...batchOf(id) })).body.error?.kind).toBe(
    'endpoint-off',
  );
});

const batchOf = (endpoint: string) => ({ endpoint, campaign: 'family', decisions: [rig.aWish(stays)] });

test('[SND12] too many calls rest the whole endpoint, as long as it asks; four at once at most', async () => {
  const { id } = await rig.makeEndpoint();
  rig.gateway.answer = [{ status: 429, headers: { 'retry-after': '120' } }, 204];
  await rig.hand(id, [rig.aWish(stays)]);
  await rig.pass(0);
  await rig.hand(id, [rig.aWish(gone)]);
  await rig.pass(110_000);
  expect(rig.gateway.heard).toHaveLength(1);
  await rig.pass(15_000);
  expect(rig.gateway.heard).toHaveLength(3);
  rig.gateway.answer = [null];
  const many = ['confirm', 'guide'].flatMap((step) =>
    [stays, gone].map((customer) => ({
      ...rig.aWish(customer, service),
      decision: decisionId('family', 'follow-up/ordered', customer, step),
    })),
  );
  const more = many.map((wish) => ({ ...wish, decision: wish.decision.replace('family', 'spring') }));
  await rig.hand(id, many);
  await rig.hand(id, more, { campaign: 'spring' });
  await until(() => rig.gateway.heard.length >= 7);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(rig.gateway.heard).toHaveLength(7);
});

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Another process over the same storage. */
const anotherProcess = (isKeeper = true): Sending =>
  openSending({
    ...rig.http,
    platform: rig.platform,
    ring: createKeyRing([new Uint8Array(32).fill(7)]),
    nowMs: () => rig.http.clock.ms,
    speed: 1,
    isKeeper: () => isKeeper,
    report: () => undefined,
  });

test('[SND14] what waits survives the process; of several, only the keeper calls', async () => {
  const { id } = await rig.makeEndpoint();
  rig.http.clock.ms = Date.UTC(2026, 10, 20, 15);
  await rig.hand(id, [rig.aWish(stays), rig.aWish(gone)]);
  await rig.http.sending.close();
  rig.http.clock.ms += 10 * hourMs;
  for (const [isKeeper, calls] of [
    [false, 0],
    [true, 2],
  ] as const) {
    const { sender } = anotherProcess(isKeeper);
    sender.tick();
    await sender.settled();
    sender.tick();
    await sender.settled();
    expect(rig.gateway.heard).toHaveLength(calls);
  }
  expect((await rig.decisions()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
});

test('[SND13, SND14] a call that could not be written down is repeated under its id, and what happened is told', async () => {
  const { id } = await rig.makeEndpoint();
  rig.http.clock.ms = Date.UTC(2026, 10, 20, 15);
  await rig.hand(id, [rig.aWish(stays)]);
  rig.http.storage.failWrites(new Error('disk full'));
  await rig.pass(10 * hourMs);
  expect(rig.gateway.heard).toHaveLength(1);
  expect(await rig.decisions()).toMatchObject([{ state: 'handed-over' }]);
  rig.http.storage.failWrites(null);
  await rig.pass(5000);
  expect(rig.gateway.heard.map(({ headers }) => headers['webhook-id'])).toEqual([
    rig.aWish(stays)['decision'],
    rig.aWish(stays)['decision'],
  ]);
  expect(await rig.decisions()).toMatchObject([{ state: 'confirmed' }]);
  expect(await rig.messages()).toEqual([]);
});

test('[SND15, SND17] a trial keeps nothing; a batch and a text have their bounds', async () => {
  const { id } = await rig.makeEndpoint({ channel: 'service-account' });
  const wish = rig.aWish(stays, service);
  expect(reasons(await rig.hand(id, [{ ...wish, text: '好'.repeat(200) }], { isTrial: true }))).toEqual(['now']);
  expect(reasons(await rig.hand(id, [{ ...wish, text: '好'.repeat(201) }], { isTrial: true }))).toEqual(['too-long']);
  await rig.pass(0);
  expect([rig.gateway.heard, await rig.messages(), await rig.decisions()]).toEqual([[], [], []]);
  const many = Array.from({ length: 501 }, () => wish);
  await expect(rig.hand(id, many)).rejects.toThrow(/^4/);
});
