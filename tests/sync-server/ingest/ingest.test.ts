import { expect, test } from 'vitest';
import type { LiveEvent } from '#core/live/live-event.ts';
import type { Role } from '#core/units/role.ts';
import type { Session } from '#sync-server/access/session.ts';
import { createApplication } from '#sync-server/application.ts';
import { createAcceptEvents } from '#sync-server/ingest/accept-events.ts';
import { createIngestRoutes, mostEvents } from '#sync-server/ingest/ingest.routes.ts';
import { createSources } from '#sync-server/ingest/sources.ts';
import { isSignedBy, signWebhook } from '#sync-server/ingest/webhook-signature.ts';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { createKeyRing } from '#sync-server/vault/key-ring.ts';

const startMs = Date.UTC(2026, 10, 20, 12);

const openRig = () => {
  const clock = { ms: startMs };
  const nowMs = (): number => clock.ms;
  const { records } = createMemoryStorage({ nowMs });
  const taken: LiveEvent[] = [];
  const sources = createSources({ records, ring: createKeyRing([new Uint8Array(32).fill(7)]), nowMs });
  const written: object[] = [];
  const access = { audit: async (_: string, entry: object) => void written.push(entry) };
  const accept = createAcceptEvents({
    records,
    broadcasts: { take: (_, events) => void taken.push(...events) },
    nowMs,
  });
  let session: Session | null = null;
  const application = createApplication({
    readCaller: async () => ({
      ok: true,
      value: { session, address: '', isLoopback: true, isSecure: false, origin: 'http://x' },
    }),
    files: { read: async () => null } as never,
    report: () => undefined,
    routes: [createIngestRoutes({ access, sources, accept, records, listOnAir: async () => [], nowMs })],
  });
  const as = (role: Role | null): void => {
    const membership = { workspace: 'w', brand: '', isDemo: false, name: 'Ning', role: role ?? ('owner' as Role) };
    session = role === null ? null : { id: 's', member: { id: 'm1', name: 'Ning' }, memberships: [membership] };
  };
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init = {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const response = await application.request(path, init);
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  return { clock, records, taken, written, sources, as, ask };
};

const event = (id: string, fields: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  source: 'shop',
  id,
  type: 'Product Viewed',
  time: new Date(startMs).toISOString(),
  data: { product_id: 'milk' },
  ...fields,
});

test('[ING1] a secret is shown once and kept sealed', async () => {
  const { as, ask, records } = openRig();
  as('owner');
  const made = await ask('POST', '/api/workspaces/w/sources', { name: 'Douyin' });
  const { id, secret } = made.body as unknown as { id: string; secret: string };
  expect(secret).toMatch(/^whsec_/);
  expect(JSON.stringify(await records.list('sources'))).not.toContain(secret.slice(6));
  const listed = await ask('GET', '/api/workspaces/w/sources');
  expect(listed.body).toEqual({
    sources: [
      {
        id,
        workspace: 'w',
        name: 'Douyin',
        createdMs: startMs,
        createdBy: 'm1',
        accepted: 0,
        known: 0,
        refused: 0,
        lastMs: null,
        lagMs: 0,
        deadLetters: 0,
      },
    ],
  });
  expect((await ask('POST', `/api/ingest/${id}`, [event('1')], { authorization: `Bearer ${secret}` })).status).toBe(
    200,
  );
  expect((await ask('DELETE', `/api/workspaces/w/sources/${id}`)).status).toBe(200);
  expect((await ask('POST', `/api/ingest/${id}`, [event('2')], { authorization: `Bearer ${secret}` })).status).toBe(
    401,
  );
});

test('[ING2] a wrong secret, a wrong source and an old signature are refused alike', async () => {
  const { ask, sources, clock } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const body = JSON.stringify([event('1')]);
  const signed = (timestamp: number) => ({
    'webhook-id': 'msg',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signWebhook(secret, { id: 'msg', timestamp: String(timestamp), body }),
  });
  const now = Math.floor(clock.ms / 1000);
  const refused = (kind: string) => ({ status: 401, body: { error: { kind } } });
  for (const source of [id, 'nobody']) {
    const post = (text: string, headers?: Record<string, string>) =>
      ask('POST', `/api/ingest/${source}`, text, headers);
    expect(await post(body, { authorization: 'Bearer whsec_wrong' })).toEqual(refused('wrong-secret'));
    expect(await post(body)).toEqual(refused('no-secret'));
    expect(await post(body, signed(now - 301))).toEqual(refused('bad-signature'));
    expect(await post(body.replace('milk', 'beef'), signed(now))).toEqual(refused('bad-signature'));
  }
  const elsewhere = await ask('POST', '/api/ingest/nobody', body, { authorization: `Bearer ${secret}` });
  expect(elsewhere).toEqual(refused('wrong-secret'));
  expect((await ask('POST', `/api/ingest/${id}`, body, signed(now - 299))).status).toBe(200);
});

test('[ING12] what is not JSON and what holds no event are refused as such', async () => {
  const { ask, sources } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const post = (body: string) => ask('POST', `/api/ingest/${id}`, body, { authorization: `Bearer ${secret}` });
  expect(await post('[{"id":')).toEqual({ status: 400, body: { error: { kind: 'not-json' } } });
  expect(await post('[]')).toEqual({ status: 400, body: { error: { kind: 'no-events' } } });
});

// The vector was made with Node's crypto and equals standardwebhooks 1.1.1.
test('[ING3] the signature equals the Standard Webhooks vector; one right of several is enough', () => {
  const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
  const body =
    '{"type":"journey.step.due","timestamp":"2026-01-23T08:40:26Z","data":{"customerId":"c1","step":"coupon"}}';
  const request = { id: 'msg_haitang_0001', timestamp: '1769157626', body };
  const signature = 'v1,4qZuay3DUL87EfT/GbVCLtFVYYGaXqI4D6SasduXPKI=';
  expect(signWebhook(secret, request)).toBe(signature);
  const nowMs = 1_769_157_626_000;
  expect(isSignedBy(secret, { ...request, signatures: `v1,AAAA ${signature}` }, nowMs)).toBe(true);
  expect(isSignedBy(secret, { ...request, signatures: 'v1,AAAA' }, nowMs)).toBe(false);
  expect(isSignedBy(secret, { ...request, signatures: signature, timestamp: 'now' }, nowMs)).toBe(false);
});

test('[ING4, ING7] an event deeper than can be written is refused alone, and kept without its text', async () => {
  const { as, ask, sources, taken } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const headers = { authorization: `Bearer ${secret}` };
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const batch = `[${JSON.stringify(event('1'))},${JSON.stringify(event('2', { data: { product_id: 7 } })).replace('7', deep)}]`;
  const { body } = await ask('POST', `/api/ingest/${id}`, batch, headers);
  expect([body['accepted'], body['refused'], taken.map((each) => each.id)]).toEqual([1, 1, ['1']]);
  expect((await ask('POST', `/api/ingest/${id}`, deep, headers)).body['refused']).toBe(1);
  as('operator');
  const { letters } = (await ask('GET', '/api/workspaces/w/dead-letters')).body;
  expect(letters).toMatchObject([1, 2].map(() => ({ event: '', isCut: true })));
});

test('[ING4, ING7] each event is judged alone, and what is refused can be looked at', async () => {
  const { as, ask, sources, taken } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const batch = [
    event('1'),
    event('2', { data: { product_id: 7 } }),
    'nonsense',
    event('3', { type: 'Product Licked' }),
    event('4'),
  ];
  const { body } = await ask('POST', `/api/ingest/${id}`, batch, { authorization: `Bearer ${secret}` });
  expect(body).toEqual({
    accepted: 2,
    known: 0,
    refused: 3,
    results: [
      { state: 'accepted' },
      { state: 'refused', error: { kind: 'wrong-field', field: 'data.product_id', expected: 'text' } },
      { state: 'refused', error: { kind: 'not-an-event' } },
      { state: 'refused', error: { kind: 'unknown-type', type: 'Product Licked' } },
      { state: 'accepted' },
    ],
  });
  expect(taken.map((each) => each.id)).toEqual(['1', '4']);
  as('operator');
  expect((await ask('GET', '/api/workspaces/w/dead-letters')).body['letters']).toHaveLength(3);
});

test('[ING5] the same event counts once, also when it is sent twice at once', async () => {
  const { ask, sources, taken, clock } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const send = () =>
    ask('POST', `/api/ingest/${id}`, [event('1'), event('2'), event('1')], { authorization: `Bearer ${secret}` });
  const answers = await Promise.all([send(), send()]);
  expect(answers.map(({ body }) => [body['accepted'], body['known']])).toEqual([
    [2, 1],
    [0, 3],
  ]);
  clock.ms += 29 * 86_400_000;
  expect((await send()).body['accepted']).toBe(0);
  expect(taken).toHaveLength(2);
});

test('[ING6] at most a megabyte and a thousand events', async () => {
  const { ask, sources } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const headers = { authorization: `Bearer ${secret}`, 'content-length': '0' };
  const many = Array.from({ length: mostEvents + 1 }, (_, index) => event(String(index)));
  expect((await ask('POST', `/api/ingest/${id}`, many, headers)).body).toEqual({
    error: { kind: 'too-many-events', most: mostEvents },
  });
  const large = JSON.stringify([event('1', { data: { product_id: 'x'.repeat(1_000_001) } })]);
  expect(
    (await ask('POST', `/api/ingest/${id}`, large, { ...headers, 'content-length': String(large.length) })).status,
  ).toBe(413);
  expect((await ask('POST', `/api/ingest/${id}`, '{broken', headers)).status).toBe(400);
  expect((await ask('POST', `/api/ingest/${id}`, '[]', headers)).status).toBe(400);
});

test('[ING8] owner and operator make and remove sources, which is written down; they and the assistant paste', async () => {
  const { as, ask, written } = openRig();
  const path = '/api/workspaces/w/broadcasts/b1/events';
  for (const [role, makes, pastes] of [
    ['owner', 200, 200],
    ['operator', 200, 200],
    ['assistant', 403, 200],
    ['host', 403, 403],
    ['stockkeeper', 403, 403],
    ['observer', 403, 403],
    [null, 401, 401],
  ] as const) {
    as(role);
    expect([role, (await ask('POST', '/api/workspaces/w/sources', { name: 'n' })).status]).toEqual([role, makes]);
    expect([role, (await ask('POST', path, [event(`${role}`)])).status]).toEqual([role, pastes]);
  }
  as('operator');
  const { sources } = (await ask('GET', '/api/workspaces/w/sources')).body as unknown as { sources: { id: string }[] };
  const [own] = sources;
  expect((await ask('DELETE', `/api/workspaces/w/sources/${own?.id}`)).status).toBe(200);
  expect((await ask('DELETE', `/api/workspaces/w/sources/${own?.id}`)).status).toBe(404);
  const made = { kind: 'source-made', member: 'm1', detail: 'n' };
  expect(written).toEqual([made, made, { ...made, kind: 'source-removed' }]);
});

test('[ING9] a pasted event keeps its time and belongs to the broadcast it was pasted into', async () => {
  const { as, ask, taken } = openRig();
  as('assistant');
  const time = new Date(startMs - 3_600_000).toISOString();
  await ask('POST', '/api/workspaces/w/broadcasts/b1/events', [event('1', { time, subject: 'other' })]);
  expect(taken).toMatchObject([{ broadcast: 'b1', atMs: startMs - 3_600_000, source: 'member/m1/shop' }]);
});

test('[ING10] a source counts what it sent, and how late the last event came', async () => {
  const { as, ask, sources, clock } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const other = await sources.create('w', 'other', 'm');
  const send = (...events: unknown[]) =>
    ask('POST', `/api/ingest/${id}`, events, { authorization: `Bearer ${secret}` });
  clock.ms = startMs + 3_000;
  await send(event('1'), event('2', { time: new Date(startMs + 2_000).toISOString() }), event('3', { type: 'x' }));
  clock.ms += 60_000;
  await send(event('1'), 7);
  as('owner');
  await ask('POST', '/api/workspaces/w/broadcasts/b1/events', [event('9'), 'nonsense']);
  const listed = (await ask('GET', '/api/workspaces/w/sources')).body['sources'] as unknown as Record<
    string,
    unknown
  >[];
  const counted = listed.find((each) => each['id'] === id);
  expect(counted).toMatchObject({ accepted: 2, known: 1, refused: 2, lastMs: startMs + 3_000, lagMs: 1_000 });
  expect(counted).toMatchObject({ deadLetters: 2 });
  expect(listed.find((each) => each['id'] === other.id)).toMatchObject({ accepted: 0, refused: 0, deadLetters: 0 });
  await ask('DELETE', `/api/workspaces/w/sources/${id}`);
  expect((await ask('GET', '/api/workspaces/w/sources')).body['sources']).toHaveLength(1);
});

test('[ING7, ING11] a dead letter is put right and sent again once; refused again it stays', async () => {
  const { as, ask, sources, taken, clock } = openRig();
  const { id, secret } = await sources.create('w', 'n', 'm');
  const wrong = { ...event('1', { data: { product_id: 7 } }), time: undefined };
  const long = event('2', { data: { product_id: 'x'.repeat(5_000) } });
  await ask('POST', `/api/ingest/${id}`, [wrong, long], { authorization: `Bearer ${secret}` });
  clock.ms += 3_600_000;
  as('operator');
  const lettersOf = async (source: string) =>
    (await ask('GET', `/api/workspaces/w/dead-letters?source=${source}`)).body['letters'] as unknown as {
      id: string;
      event: string;
      isCut: boolean;
    }[];
  const letters = await lettersOf(id);
  expect(letters.map(({ isCut }) => isCut)).toEqual([true, false]);
  expect(await lettersOf('another')).toEqual([]);
  const path = `/api/workspaces/w/dead-letters/${letters[1]?.id}`;
  const stillWrong = JSON.parse(letters[1]?.event ?? '') as object;
  expect((await ask('POST', `${path}/retry`, { event: stillWrong })).body['state']).toBe('refused');
  expect(await lettersOf(id)).toHaveLength(2);
  const right = { ...stillWrong, data: { product_id: 'milk' } };
  as('assistant');
  expect((await ask('POST', `${path}/retry`, { event: right })).status).toBe(403);
  expect((await ask('DELETE', path)).status).toBe(403);
  as('operator');
  expect((await ask('POST', `${path}/retry`, { event: right })).body).toEqual({ state: 'accepted' });
  expect(taken).toMatchObject([{ id: '1', item: 'milk', atMs: startMs }]);
  expect((await ask('POST', `${path}/retry`, { event: right })).status).toBe(404);
  expect((await ask('DELETE', `/api/workspaces/w/dead-letters/${letters[0]?.id}`)).status).toBe(200);
  expect(await lettersOf(id)).toEqual([]);
  const again = await ask('POST', `/api/ingest/${id}`, [right], { authorization: `Bearer ${secret}` });
  expect(again.body['known']).toBe(1);
});
