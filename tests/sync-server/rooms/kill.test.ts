/** A real server process on a real disk, killed in the middle of writes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openLarderProcess, type LarderProcess } from '../../end-to-end/larder-process.ts';
import { TestClient, pause, until } from '../rig.ts';

/** npm run soak raises it. */
const rounds = Number(process.env.LARDER_KILLS ?? 10);
let larder: LarderProcess;
let connect: () => Promise<TestClient>;
beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  const claim = new URL(larder.claimAddress()).hash.replace('#claim=', '');
  const claimed = await fetch(`${larder.address}/api/claim`, {
    method: 'POST',
    headers: { origin: larder.address },
    body: JSON.stringify({ claim, name: 'Ann', brand: 'North Slope' }),
  });
  const cookie = claimed.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { workspaces } = (await claimed.json()) as { workspaces: { id: string }[] };
  connect = async () => {
    const address = `${larder.address.replace('http', 'ws')}/sync/${workspaces[0]?.id}/catalogue`;
    const client = new TestClient(address, { cookie, origin: larder.address });
    await client.settled;
    return client;
  };
}, 60_000);
afterAll(() => larder.close());

test(
  `[ROOM17] kill -9 ${rounds} times under writes: every acknowledged edit survives`,
  { timeout: 30_000 + rounds * 9_000 },
  async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const writer = await connect();
      await writer.roundTrip();
      // The answer to the server's question is the first message that counts.
      const sent: string[] = ['step 2'];
      const writing = (async () => {
        for (let at = 0; writer.closeCode === null && at < 2000; at += 1) {
          const key = `${round}-${at}`;
          sent.push(key);
          writer.edit((doc) => doc.getMap('edits').set(key, at));
          if (at % 7 === 0) await pause(1);
        }
      })();
      await pause(30 + ((round * 37) % 120));
      await larder.kill();
      await writing;
      for (const key of sent.slice(1, writer.acks.at(-1)?.durableWrites ?? 0)) acknowledged.add(key);
      writer.socket.terminate();
      await larder.start();
    }
    const reader = await connect();
    await reader.roundTrip();
    const kept = new Set(reader.doc.getMap('edits').keys());
    expect(acknowledged.size).toBeGreaterThan(50);
    expect([...acknowledged].filter((key) => !kept.has(key))).toEqual([]);
    reader.close();

    const last = await connect();
    await last.roundTrip();
    for (let at = 0; at < 200; at += 1) last.edit((doc) => doc.getMap('edits').set(`last-${at}`, at));
    const stopping = larder.stop();
    await until(() => last.closeCode !== null, 10_000);
    expect(last.closeCode).toBe(1012);
    await stopping;
  },
);

const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

test.skipIf(!canLimit)(
  `[STO17, HEA2] started on a full disk: read, not written, said, and all right by itself${canLimit ? '' : ' (needs prlimit)'}`,
  async () => {
    await larder.stop();
    // No file may grow: what a full disk says, too.
    await larder.start(['prlimit', '--fsize=0:unlimited']);
    expect((await fetch(`${larder.address}/health`)).status).toBe(503);
    const client = await connect();
    await client.roundTrip();
    const edits = client.doc.getMap('edits');
    expect(edits.size).toBeGreaterThan(50);
    client.edit((doc) => doc.getMap('edits').set('after', 1));
    await until(() => client.notices.some(({ kind, why }) => kind === 'read-only' && why === 'storage'), 10_000);
    execFileSync('prlimit', ['--pid', String(larder.pid()), '--fsize=unlimited:unlimited']);
    const own = (): number => Y.getState(client.doc.store, client.doc.clientID);
    await until(() => client.acks.at(-1)?.stateVector.get(client.doc.clientID) === own(), 10_000);
    client.socket.terminate();
  },
);
