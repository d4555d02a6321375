/** Two real server processes on one real PostgreSQL and one real Redis, paused and killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type LarderProcess, openLarderProcess } from '../../end-to-end/larder-process.ts';
import { createDatabase, databases, missing } from '../databases.ts';
import { TestClient, pause, until } from '../rig.ts';

const leaseSeconds = 2;
const processes: LarderProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'larder-processes-'));
let token = '';
let workspace = '';

const connect = async (at: number, path: string): Promise<TestClient> => {
  const { address } = processes[at]!;
  const cookie = `larder-${new URL(address).port}=${token}`;
  const client = new TestClient(`${address.replace('http', 'ws')}/sync/${workspace}/${path}`, {
    cookie,
    origin: address,
  });
  await client.settled;
  return client;
};
/** As a browser would: again until it is let in. */
const comeAgain = async (at: number, path: string): Promise<TestClient> => {
  for (;;) {
    const client = await connect(at, path);
    if (client.status === null && client.closeCode === null) {
      await client.roundTrip();
      if (client.closeCode === null) return client;
    }
    client.socket.terminate();
    await pause(100);
  }
};
const write = (client: TestClient, key: string): void => client.edit((doc) => doc.getMap('edits').set(key, 1));
const has = (client: TestClient, key: string): boolean => client.doc.getMap('edits').has(key);

describe.skipIf(missing !== null)(`several processes${missing ? `: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    const environment = {
      DATABASE_URL: await createDatabase(),
      REDIS_URL: databases.redis.address ?? '',
      LARDER_KEY: '11'.repeat(32),
      LARDER_NO_DEMO: '1',
      LARDER_LEASE_SECONDS: String(leaseSeconds),
    };
    // A data folder that is not there yet; and killed at once, so that its lease outlives it.
    const first = await openLarderProcess({ ...environment, LARDER_DATA: join(folder, 'not', 'yet') });
    await first.kill();
    await first.start();
    const claims = (): string[] => [...first.output().matchAll(/#claim=(\S+)/g)].map(([, found = '']) => found);
    await until(() => claims().length === 2, 20_000);
    processes.push(first, await openLarderProcess(environment));
    const claim = claims()[1];
    const claimed = await fetch(`${first.address}/api/claim`, {
      method: 'POST',
      headers: { origin: first.address },
      body: JSON.stringify({ claim, name: 'Ann', brand: 'North Slope' }),
    });
    token = /=([^;]+)/.exec(claimed.headers.get('set-cookie') ?? '')?.[1] ?? '';
    workspace = ((await claimed.json()) as { workspaces: { id: string }[] }).workspaces[0]?.id ?? '';
  });
  afterAll(async () => {
    for (const each of processes) await each.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('[LEA12] whoever starts again at once, in a folder that is made for it, prints a claim that holds', () => {
    expect([token === '', workspace === '']).toEqual([false, false]);
    expect(processes[1]!.output()).not.toContain('#claim=');
  });

  test('[LEA1] clients on either process see each other and what they write', async () => {
    const ann = await connect(0, 'catalogue');
    const bo = await connect(1, 'catalogue');
    await Promise.all([ann.roundTrip(), bo.roundTrip()]);
    write(ann, 'ann');
    write(bo, 'bo');
    await until(() => has(ann, 'bo') && has(bo, 'ann'));
    await until(() => bo.acks.at(-1)?.durableWrites === 2);
    bo.sendAwareness([{ client: 7, clock: 1, state: { field: 'x' } }]);
    await until(() => ann.awareness.get(7)?.state?.field === 'x');
    ann.close();
    bo.close();
  });

  test('[LEA3, STO14] an owner that was paused loses the room and acknowledges nothing when it wakes', async () => {
    const old = processes[0]!;
    const ann = await connect(0, 'campaign/paused');
    await ann.roundTrip();
    write(ann, 'before');
    await until(() => ann.acks.at(-1)?.durableWrites === 2);
    old.freeze();
    // Waits in the socket of a process that does nothing.
    write(ann, 'while paused');
    const started = Date.now();
    const bo = await comeAgain(1, 'campaign/paused');
    expect(Date.now() - started).toBeLessThan(20_000);
    expect(has(bo, 'before')).toBe(true);
    write(bo, 'next owner');
    await until(() => bo.acks.at(-1)?.durableWrites === 2);
    old.thaw();
    await until(() => ann.closeCode !== null, 10_000);
    expect(ann.closeCode).toBe(1012);
    expect(ann.acks.at(-1)?.durableWrites).toBe(2);
    expect(has(ann, 'next owner')).toBe(false);
    await bo.roundTrip();
    expect(has(bo, 'while paused')).toBe(false);
    // Its client comes again, is led to the new owner, and brings what was never acknowledged.
    const again = await comeAgain(0, 'campaign/paused');
    again.sendSync(2, Y.encodeStateAsUpdate(ann.doc));
    await until(() => has(bo, 'while paused') && has(again, 'next owner'));
    for (const client of [again, bo]) client.close();
  });

  test('[LEA2, LEA6] after kill -9 of the owner another process serves the room, with every acknowledged edit', async () => {
    const owner = processes[0]!;
    const ann = await connect(0, 'campaign/killed');
    await ann.roundTrip();
    const bo = await connect(1, 'campaign/killed');
    await bo.roundTrip();
    const sent = ['step 2'];
    for (let at = 0; at < 300; at += 1) {
      sent.push(`edit-${at}`);
      write(ann, `edit-${at}`);
      if (at % 10 === 0) await pause(1);
    }
    await owner.kill();
    await until(() => bo.closeCode !== null, 10_000);
    const acknowledged = sent.slice(1, ann.acks.at(-1)?.durableWrites ?? 0);
    const reader = await comeAgain(1, 'campaign/killed');
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((key) => !has(reader, key))).toEqual([]);
    write(reader, 'goes on');
    await until(() => reader.acks.at(-1)?.durableWrites === 2);
    reader.close();
    await owner.start();
  });

  test('[LEA6] what senders post at any process reaches the keeper', async () => {
    for (const { address } of processes) {
      const answer = await fetch(`${address}/api/ingest/nobody`, {
        method: 'POST',
        headers: { authorization: 'Bearer wrong', 'content-type': 'application/cloudevents-batch+json' },
        body: '[]',
      });
      expect([answer.status, (await answer.json()) as unknown]).toEqual([401, { error: { kind: 'wrong-secret' } }]);
    }
  });
});
