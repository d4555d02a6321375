/** A real server process on a real disk, killed in the middle of writes. */
import { afterAll, expect, test } from 'vitest';
import { openLarderProcess, type LarderProcess } from '../../end-to-end/larder-process.ts';
import { TestClient, pause, until } from '../rig.ts';

/** npm run soak raises it. */
const rounds = Number(process.env.LARDER_KILLS ?? 10);
let larder: LarderProcess;
afterAll(() => larder.close());

test(
  `[ROOM17] kill -9 ${rounds} times under writes: every acknowledged edit survives`,
  { timeout: 30_000 + rounds * 9_000 },
  async () => {
    larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
    const claim = new URL(larder.claimAddress()).hash.replace('#claim=', '');
    const claimed = await fetch(`${larder.address}/api/claim`, {
      method: 'POST',
      headers: { origin: larder.address },
      body: JSON.stringify({ claim, name: 'Ann', brand: 'North Slope' }),
    });
    const cookie = claimed.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { workspaces } = (await claimed.json()) as { workspaces: { id: string }[] };
    const connect = async (): Promise<TestClient> => {
      const address = `${larder.address.replace('http', 'ws')}/sync/${workspaces[0]?.id}/catalogue`;
      const client = new TestClient(address, { cookie, origin: larder.address });
      await client.settled;
      return client;
    };

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
