/**
 * The insight worker: one ledger for all tabs where the browser has shared workers, one for each tab elsewhere. Tabs
 * come as ports and say which workspace they have open; those of one member of one workspace share an engine, which
 * ends with the last of them.
 */
import { InsightEngine } from './insight-engine.ts';
import type { EnginePlace, FromWorker, ToWorker } from './port-messages.ts';

const engineByPlace = new Map<string, InsightEngine>();

function serve(port: MessagePort): void {
  const tell = (message: FromWorker): void => port.postMessage(message);
  let leave: (() => Promise<void>) | null = null;
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.say === 'open') leave = enter(data.place, tell);
    else if (data.say === 'ask') void engineOf(tell)?.answer(data.id, data.name, data.body, tell);
    else void leave?.().then(() => tell({ say: 'closed' }));
  };
}

function enter(place: EnginePlace, tell: (message: FromWorker) => void): () => Promise<void> {
  const key = `${place.workspace}/${place.member.id}/${place.member.role}`;
  let engine = engineByPlace.get(key);
  if (engine === undefined) engineByPlace.set(key, (engine = new InsightEngine(place)));
  const entered = engine;
  entered.enter(tell);
  return async () => {
    if (entered.leave(tell) > 0) return;
    engineByPlace.delete(key);
    await entered.close();
  };
}

function engineOf(tell: (message: FromWorker) => void): InsightEngine | undefined {
  return [...engineByPlace.values()].find((engine) => engine.isListening(tell));
}

const scope = globalThis as unknown as { onconnect?: unknown; onmessage: unknown };
/** Each tab hands its port over in its first message. */
const welcome = ({ ports }: MessageEvent): void => ports.forEach(serve);
if ('SharedWorkerGlobalScope' in globalThis)
  scope.onconnect = ({ ports }: MessageEvent): void => ports.forEach((tab) => (tab.onmessage = welcome));
else scope.onmessage = welcome;
