/** Composition root of the engine in a tab: one shared worker for all tabs, or one of its own where there is none. */
import type { Workspace } from '#web/workspace/workspace.ts';
import { PortClient } from './insight/engine-client.svelte.ts';
import { EngineFailure } from './insight/engine-failure.ts';
import type { EngineClient } from './insight/messages.ts';
import type { InsightRequests } from './insight/requests.ts';

export interface OpenedEngine {
  readonly client: EngineClient<InsightRequests>;
  /** Resolves when the worker has let go of what it held for this tab. */
  close(): Promise<void>;
}

/** Long enough for a page that asks nothing to be drawn first. */
const patienceMs = 1000;

/** Facts live in the worker only; a role that may not read orders never starts one. It starts with the first question. */
export const openEngine = (workspace: Workspace): OpenedEngine => {
  if (workspace.accessTo('facts/orders/2000-01') === 'none') return { client: engineOff, close: async () => undefined };
  const { port1, port2 } = new MessageChannel();
  let worker: SharedWorker | Worker | null = null;
  const start = (): void => {
    clearTimeout(waiting);
    if (worker !== null) return;
    worker = connect(port2);
    worker.onerror = () => client.fail('worker-failed');
  };
  const waiting = setTimeout(start, patienceMs);
  const client = new PortClient(port1, (count) => workspace.sync.setElsewhere(count), start);
  const { id, home, member, identityKey, offsetMs } = workspace;
  client.say({
    say: 'open',
    // A plain copy: what is reactive cannot be sent.
    place: { workspace: id, home, member: { ...member }, origin: location.origin, offsetMs, identityKey },
  });
  // A page that is only put aside comes back with its port alive.
  const leaving = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) client.say({ say: 'close' });
  };
  addEventListener('pagehide', leaving);
  return {
    client,
    close: async () => {
      removeEventListener('pagehide', leaving);
      clearTimeout(waiting);
      const closed = client.close();
      if (worker !== null) await closed;
      if (worker instanceof Worker) worker.terminate();
    },
  };
};

const engineOff: EngineClient<InsightRequests> = {
  version: 0,
  state: { phase: 'off' },
  ask: () => Promise.reject(new EngineFailure('engine-off')),
};

/** The worker is given the port on which this tab says what it wants. */
function connect(port: MessagePort): SharedWorker | Worker {
  if (typeof SharedWorker === 'function') {
    const worker = new SharedWorker(new URL('./insight/insight.worker.ts', import.meta.url), {
      type: 'module',
      name: 'larder-insight',
    });
    worker.port.postMessage(null, [port]);
    return worker;
  }
  const worker = new Worker(new URL('./insight/insight.worker.ts', import.meta.url), {
    type: 'module',
    name: 'larder-insight',
  });
  worker.postMessage(null, [port]);
  return worker;
}
