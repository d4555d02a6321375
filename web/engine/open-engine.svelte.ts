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

/** Facts live in the worker only; a role that may not read orders never starts one. */
export const openEngine = (workspace: Workspace): OpenedEngine => {
  if (workspace.accessTo('facts/orders/2000-01') === 'none') return { client: engineOff, close: async () => undefined };
  const { port, failed, end } = connect();
  const client = new PortClient(port, (count) => workspace.sync.setElsewhere(count));
  failed(() => client.fail('worker-failed'));
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
      await client.close();
      end();
    },
  };
};

const engineOff: EngineClient<InsightRequests> = {
  version: 0,
  state: { phase: 'off' },
  ask: () => Promise.reject(new EngineFailure('engine-off')),
};

interface Connection {
  readonly port: MessagePort;
  failed(listener: () => void): void;
  end(): void;
}

function connect(): Connection {
  if (typeof SharedWorker === 'function') {
    const worker = new SharedWorker(new URL('./insight/insight.worker.ts', import.meta.url), {
      type: 'module',
      name: 'larder-insight',
    });
    return {
      port: worker.port,
      failed: (listener) => worker.addEventListener('error', listener),
      end: () => undefined,
    };
  }
  const worker = new Worker(new URL('./insight/insight.worker.ts', import.meta.url), {
    type: 'module',
    name: 'larder-insight',
  });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(null, [port2]);
  return {
    port: port1,
    failed: (listener) => worker.addEventListener('error', listener),
    end: () => worker.terminate(),
  };
}
