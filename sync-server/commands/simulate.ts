/**
 * Plays a broadcast from outside: a process of its own that knows nothing but an address, a source and its secret, and
 * sends what a platform would send, through the same HTTP route. The secret comes from --secret,
 * else from the first line of standard input. It ends by itself when the broadcast is over, and when the server has not
 * answered for --patience seconds. Prints one JSON line at the beginning (with the planted surge) and one at the end.
 *
 *   npm run simulate -- --address http://127.0.0.1:4747 --workspace w --campaign c --source s --secret whsec_… \
 *     [--minutes 30] [--speed 1] [--seed text] [--surge-after 5 | --quiet] [--viewers openid,openid] [--end] \
 *     [--patience 60]
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SimulatedProduct, simulateBroadcast } from '#core/demo/simulate-broadcast.ts';
import { readOptions } from './read-options.ts';

const { values } = readOptions(
  'npm run simulate -- --workspace <id> --campaign <id> --source <id> [--address <url>] [--secret <secret>] [--minutes 30] [--speed 1] [--seed <text>] [--surge-after 5 | --quiet] [--viewers <id>,<id>] [--end] [--patience 60]',
  {
    address: { type: 'string', default: 'http://127.0.0.1:4747' },
    workspace: { type: 'string' },
    campaign: { type: 'string' },
    source: { type: 'string' },
    secret: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    speed: { type: 'string', default: '1' },
    seed: { type: 'string' },
    'surge-after': { type: 'string', default: '5' },
    quiet: { type: 'boolean', default: false },
    viewers: { type: 'string', default: '' },
    end: { type: 'boolean', default: false },
    patience: { type: 'string', default: '60' },
  },
);

interface Place {
  readonly serverMs: number;
  readonly onAir: readonly {
    readonly broadcast: string;
    readonly endedMs?: number | null;
    readonly items: readonly SimulatedProduct[];
  }[];
}

const secret = values.secret ?? (await readLine());
const speed = Number(values.speed);
const url = `${values.address}/api/ingest/${values.source ?? ''}`;
const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/cloudevents-batch+json' };

const place = await ask();
const startedAt = Date.now();
const nowMs = (): number => place.serverMs + (Date.now() - startedAt) * speed;
const broadcast = place.onAir.find((each) => each.broadcast === values.campaign);
if (!broadcast || broadcast.items.length === 0) stop(`no broadcast ${values.campaign ?? ''} with products near now`);
const simulation = simulateBroadcast({
  seed: values.seed ?? String(startedAt),
  broadcast: broadcast.broadcast,
  startMs: place.serverMs,
  minutes: Number(values.minutes),
  products: broadcast.items,
  viewers: values.viewers.split(',').filter(Boolean),
  surgeAfterMinutes: values.quiet ? null : Number(values['surge-after']),
});
const surge = simulation.surge && { ...simulation.surge, atMs: place.serverMs + simulation.surge.atSecond * 1000 };
print({ kind: 'started', seconds: simulation.seconds, surge });

let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => (isStopping = true));
const sent = { accepted: 0, known: 0, refused: 0, lost: 0 };
const lookMs = 10_000;
let answeredAt = Date.now();
let lookedAt = answeredAt;
let second = 0;
while (second < simulation.seconds && !isStopping) {
  const batch: object[] = [];
  // A second is sent once it is over.
  while (second < simulation.seconds && place.serverMs + (second + 1) * 1000 <= nowMs() && batch.length < 900) {
    batch.push(...simulation.nextSecond());
    second++;
  }
  if (batch.length > 0) await send(batch);
  if (isSilent()) stop(`no answer from ${values.address} any more`);
  if (Date.now() - lookedAt > lookMs && (await isOver())) break;
  await sleep(Math.max(20, (place.serverMs + (second + 1) * 1000 - nowMs()) / speed));
}
if (values.end) await send([endEvent()]);
print({ kind: 'ended', seconds: second, ...sent });

function endEvent(): object {
  return {
    specversion: '1.0',
    source: 'simulator',
    id: `end-${startedAt}`,
    type: 'Broadcast Ended',
    subject: values.campaign,
    time: new Date(nowMs()).toISOString(),
    data: {},
  };
}

/** Three tries; then the batch is lost, as a real sender's would be, and counted. */
async function send(batch: readonly object[]): Promise<void> {
  for (const waitMs of [0, 500, 2000]) {
    if (waitMs > 0 && isSilent()) break;
    await sleep(waitMs);
    try {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(batch), signal: inTime() });
      answeredAt = Date.now();
      if (response.status === 401) stop('the secret is not accepted');
      if (!response.ok) continue;
      const counts = (await response.json()) as typeof sent;
      sent.accepted += counts.accepted;
      sent.known += counts.known;
      sent.refused += counts.refused;
      return;
    } catch {
      // The server is away: try again.
    }
  }
  sent.lost += batch.length;
}

/** What cannot be known now is not over. */
async function isOver(): Promise<boolean> {
  lookedAt = Date.now();
  try {
    const response = await fetch(url, { headers, signal: inTime() });
    answeredAt = Date.now();
    if (!response.ok) return response.status === 401;
    const { onAir } = (await response.json()) as Place;
    return !onAir.some((each) => each.broadcast === values.campaign && each.endedMs == null);
  } catch {
    return false;
  }
}

function isSilent(): boolean {
  return Date.now() - answeredAt > Number(values.patience) * 1000;
}

function inTime(): AbortSignal {
  return AbortSignal.timeout(10_000);
}

async function ask(): Promise<Place> {
  try {
    const response = await fetch(url, { headers });
    if (!response.ok) stop(`the source is not accepted (${response.status})`);
    return (await response.json()) as Place;
  } catch (error) {
    return stop(`no server at ${values.address}: ${String((error as Error).cause ?? error)}`);
  }
}

/** Arguments can be read by everyone on the machine, standard input cannot. */
async function readLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line.trim();
  return '';
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}

function stop(reason: string): never {
  console.error(`simulate: ${reason}`);
  process.exit(1);
}
