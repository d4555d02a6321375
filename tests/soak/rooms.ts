/**
 * Fifty clients at work on a server process of its own, for so many minutes (30 unless said otherwise): edits,
 * presence, people who come and go, one who does not read. Every minute all move on to new documents, as from campaign
 * to campaign: a document keeps a trace of every edit, and would grow. Every minute the server
 * collects its garbage, and what is resident then is what it needs: V8 keeps the pages of its largest moment. Flat memory
 * is: the mean of that in the last quarter within 5 % of the second quarter's. Ends with 1 when it is not, or when the copies are not equal in the end.
 */
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '#sync-server/rooms/messages.ts';
import { openLarderServer } from '../budgets/sync-server.ts';
import { seededDice } from '../convergence/seeded-dice.ts';

const minutes = Number(process.argv[2] ?? 30);
const clientCount = 50;
const roomCount = 10;
const campaignMs = 60_000;
const dice = seededDice(7);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class Worker {
  readonly doc = new Y.Doc();
  readonly #address: string;
  #socket: WebSocket | null = null;
  #clock = 0;

  constructor(address: string) {
    this.#address = address;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encodeUpdate(update));
    });
  }

  async come(): Promise<void> {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => {
      if (data[0] !== 0) return;
      const decoder = decoding.createDecoder(data);
      decoding.readVarUint(decoder);
      const kind = decoding.readVarUint(decoder);
      const payload = decoding.readVarUint8Array(decoder);
      if (kind === 0) socket.send(encodeStep2(Y.encodeStateAsUpdate(this.doc, payload)));
      else Y.applyUpdate(this.doc, payload, 'server');
    });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.send(encodeStep1(Y.encodeStateVector(this.doc)));
  }

  /** Overwrites one of a few hundred cards, or types into one text, which is cut when it is long. */
  work(): void {
    const text = this.doc.getText('script');
    if (dice.chance(0.7)) this.doc.getMap('cards').set(`card-${dice.below(300)}`, dice.below(1000));
    else if (text.length < 2000) text.insert(dice.below(text.length + 1), 'milk ');
    else text.delete(0, 1000);
    this.#clock += 1;
    const state = { field: `card-${dice.below(300)}` };
    if (dice.chance(0.2))
      this.#socket?.send(encodeAwareness([{ client: this.doc.clientID, clock: this.#clock, state }]));
  }

  readsNothing(is: boolean): void {
    if (is) this.#socket?.pause();
    else this.#socket?.resume();
  }

  leave(): void {
    this.#socket?.terminate();
    this.#socket = null;
  }
}

const server = await openLarderServer(['--expose-gc', '--import', './tests/soak/collect-garbage.ts']);
let workers: Worker[] = [];
const moveOn = async (campaign: number): Promise<void> => {
  for (const worker of workers) worker.leave();
  workers = Array.from(
    { length: clientCount },
    (_, at) => new Worker(server.address(`soak-${campaign}-${at % roomCount}`)),
  );
  for (const worker of workers) await worker.come();
};
await moveOn(0);
const memoryMiB: number[] = [];
const neededMiB: number[] = [];
let edits = 0;
const endMs = performance.now() + minutes * 60_000;
const sampleMs = Math.max(250, (minutes * 60_000) / 400);
let sampledMs = performance.now();
const begunMs = performance.now();
let campaign = 0;
while (performance.now() < endMs) {
  if (performance.now() - begunMs > (campaign + 1) * campaignMs) {
    server.signal('SIGUSR2');
    await pause(1000);
    neededMiB.push(server.residentMiB());
    await moveOn((campaign += 1));
  }
  for (let count = 0; count < 10; count += 1) {
    workers[dice.below(clientCount)]?.work();
    edits += 1;
  }
  const worker = workers[dice.below(clientCount)]!;
  if (dice.chance(0.02)) {
    worker.leave();
    await worker.come();
  }
  if (dice.chance(0.02)) {
    worker.readsNothing(true);
    setTimeout(() => worker.readsNothing(false), 3000);
  }
  if (performance.now() - sampledMs > sampleMs) {
    sampledMs = performance.now();
    memoryMiB.push(server.residentMiB());
  }
  await pause(20);
}
await pause(4000);
for (const worker of workers) {
  worker.leave();
  await worker.come();
}
await pause(2000);

const quartersOf = (samples: readonly number[]): number[] =>
  [0, 1, 2, 3].map((at) => {
    const part = samples.slice((samples.length * at) / 4, (samples.length * (at + 1)) / 4);
    return Math.round(part.reduce((sum, each) => sum + each, 0) / Math.max(1, part.length));
  });
const needed = quartersOf(neededMiB);
const isFlat = (needed[3] ?? 0) <= (needed[1] ?? 0) * 1.05;
const states = workers.map(({ doc }) =>
  JSON.stringify([doc.getText('script').toString(), doc.getMap('cards').toJSON()]),
);
const plain = (text: string | undefined): unknown => {
  const [script, cards] = JSON.parse(text ?? '[]') as [string, Record<string, unknown>];
  return JSON.stringify([script, Object.entries(cards).sort(([a], [b]) => (a < b ? -1 : 1))]);
};
const areEqual = states.every((state, at) => plain(state) === plain(states[at % roomCount]));
console.log(
  JSON.stringify({
    name: 'rooms soak',
    minutes,
    clients: clientCount,
    edits,
    neededMiB: needed,
    memoryMiB: quartersOf(memoryMiB),
    isFlat,
    areEqual,
  }),
);
for (const worker of workers) worker.leave();
await server.close();
process.exit(isFlat && areEqual ? 0 : 1);
