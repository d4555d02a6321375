/** A tab's side of the insight engine: questions out, answers back, and a version that grows when facts changed. */
import { EngineFailure } from './engine-failure.ts';
import type { Answer, AnswerOf, AskOf, EngineClient, EngineState } from './messages.ts';
import type { FromWorker, ToWorker } from './port-messages.ts';
import type { InsightRequests } from './requests.ts';

interface Waiting {
  resolve(answer: Answer<never>): void;
  reject(failure: EngineFailure): void;
}

export class PortClient implements EngineClient<InsightRequests> {
  #version = $state(0);
  #state = $state.raw<EngineState>({ phase: 'loading', done: 0, total: 0 });
  #nextId = 0;
  #isClosed = false;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads who waits
  readonly #waitingById = new Map<number, Waiting>();
  readonly #port: MessagePort;
  readonly #toldWaiting: (count: number) => void;
  readonly #asked: () => void;
  #sayClosed = (): void => undefined;

  constructor(port: MessagePort, toldWaiting: (count: number) => void, asked: () => void) {
    this.#port = port;
    this.#toldWaiting = toldWaiting;
    this.#asked = asked;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
  }

  get version(): number {
    return this.#version;
  }

  get state(): EngineState {
    return this.#state;
  }

  ask<Name extends keyof InsightRequests & string>(
    name: Name,
    body: AskOf<InsightRequests, Name>,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Answer<AnswerOf<InsightRequests, Name>>> {
    if (this.#isClosed) return Promise.reject(new EngineFailure('closed'));
    this.#asked();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waitingById.set(id, { resolve, reject });
      this.say({ say: 'ask', id, name, body }, transfer);
    });
  }

  say(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, [...transfer]);
  }

  /** The worker could not start or fell. */
  fail(kind: string): void {
    this.#state = { phase: 'failed', kind };
    this.#refuseAll(kind);
  }

  /** Resolves when the worker has let go of this device's databases, or after a moment without an answer. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#refuseAll('closed');
    return new Promise((resolve) => {
      this.#sayClosed = () => {
        this.#port.close();
        resolve();
      };
      this.say({ say: 'close' });
      setTimeout(() => this.#sayClosed(), 3000);
    });
  }

  #take(message: FromWorker): void {
    if (message.say === 'closed') return this.#sayClosed();
    if (message.say === 'changed') this.#version += 1;
    else if (message.say === 'waiting') this.#toldWaiting(message.count);
    else if (message.say === 'state') this.#state = message.state;
    else {
      const waiting = this.#waitingById.get(message.id);
      this.#waitingById.delete(message.id);
      if (message.say === 'refusal') waiting?.reject(new EngineFailure(message.kind, message.detail));
      else
        waiting?.resolve({
          ledgerVersion: message.ledgerVersion,
          asOfDay: message.asOfDay,
          body: message.body as never,
        });
    }
  }

  #refuseAll(kind: string): void {
    for (const { reject } of this.#waitingById.values()) reject(new EngineFailure(kind));
    this.#waitingById.clear();
  }
}
