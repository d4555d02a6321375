/**
 * A tab's side of one import: gives the file to a worker of its own, passes its questions on to the insight engine, and
 * tells the screen what happens. `stop` ends the worker at once; an import that was under way leaves nothing.
 */
import type { Problem } from '#core/intake/candidate-line.ts';
import { goFirst } from '#web/device/import-goes-first.ts';
import type { AskOf, EngineClient } from '#web/engine/insight/messages.ts';
import type { IntakeRequests } from '#web/engine/insight/intake.messages.ts';
import type { FromWorker, ScanRequest, TakeInRequest, ToWorker } from './messages.ts';

export type ImportEvent = Exclude<FromWorker, { kind: 'ask' | 'problems' }>;

export interface ImportClient {
  scan(request: ScanRequest): void;
  /** Of the last scan that came to its end. */
  problems(): Promise<readonly Problem[]>;
  takeIn(request: TakeInRequest): void;
  stop(): void;
}

export type IntakeEngine = Pick<EngineClient<IntakeRequests>, 'ask'>;

let early: Worker | null = null;

/** Its worker loads while the screen that will use it is still on its way. */
export const prepareImport = (): void => void (early ??= startWorker());

export const openImport = (file: File, engine: IntakeEngine, tell: (event: ImportEvent) => void): ImportClient => {
  const worker = early ?? startWorker();
  early = null;
  const say = (message: ToWorker): void => worker.postMessage(message);
  let running: string | null = null;
  let isStopped = false;
  const asking: ((problems: readonly Problem[]) => void)[] = [];
  const end = goFirst();

  const pass = async ({ id, name, body }: Extract<FromWorker, { kind: 'ask' }>): Promise<void> => {
    try {
      const packed =
        name === 'intake.append'
          ? (body as AskOf<IntakeRequests, 'intake.append'>).chunks.map((chunk) => chunk.packed.buffer as ArrayBuffer)
          : [];
      const answer = await engine.ask(name, body as never, packed);
      if (name === 'intake.start') running = (answer.body as unknown as { importId: string }).importId;
      if (name === 'intake.finish' || name === 'intake.cancel') running = null;
      if (isStopped) return cancel();
      say({ kind: 'answer', id, body: answer.body, failure: '' });
    } catch (error) {
      if (!isStopped)
        say({ kind: 'answer', id, body: null, failure: error instanceof Error ? error.message : 'engine' });
    }
  };
  const cancel = (): void => {
    if (running === null) return;
    const importId = running;
    running = null;
    engine.ask('intake.cancel', { importId }).catch(() => undefined);
  };

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (isStopped) return;
    if (data.kind === 'ask') return void pass(data);
    if (data.kind === 'problems') return asking.splice(0).forEach((answer) => answer(data.problems));
    if (data.kind === 'refused') cancel();
    tell(data);
  };
  worker.onerror = (event) => {
    cancel();
    tell({ kind: 'refused', failure: { kind: 'engine-failed', detail: event.message } });
  };
  say({ kind: 'inspect', file });
  return {
    scan: (request) => say({ kind: 'scan', request }),
    problems: () =>
      new Promise((resolve) => {
        asking.push(resolve);
        say({ kind: 'problems' });
      }),
    takeIn: (request) => say({ kind: 'take-in', request }),
    stop() {
      isStopped = true;
      worker.terminate();
      end();
      cancel();
    },
  };
};

function startWorker(): Worker {
  return new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'larder-import' });
}
