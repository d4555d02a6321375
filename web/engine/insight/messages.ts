/**
 * What screens may ask the insight worker. Each topic declares its requests in `<topic>.messages.ts` as
 * `{ 'topic.verb': { ask: …; answer: … } }` and answers them in `<topic>.handlers.ts`; `requests.ts` and
 * `topic-handlers.ts` join them. Every answer carries the version of the ledger it was computed from.
 */
export interface Answer<Body> {
  readonly ledgerVersion: number;
  readonly asOfDay: number;
  readonly body: Body;
}

export type EngineState =
  /** A role that may not read facts, or nobody signed in: nothing runs, every question is refused. */
  | { readonly phase: 'off' }
  | { readonly phase: 'loading'; readonly done: number; readonly total: number }
  /** Of the dataset `months` the server has named this device has not read `behind`. Numbers may be short by them. */
  | { readonly phase: 'ready'; readonly behind: number; readonly months: number }
  | { readonly phase: 'failed'; readonly kind: string };

export interface EngineClient<Requests> {
  /** Grows when facts or beliefs changed: read it in a `$derived` or `$effect` to ask again. */
  readonly version: number;
  readonly state: EngineState;
  /** Rejects with an `EngineFailure`. `transfer` moves buffers instead of copying them. */
  ask<Name extends keyof Requests & string>(
    name: Name,
    body: AskOf<Requests, Name>,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Answer<AnswerOf<Requests, Name>>>;
}

export type AskOf<Requests, Name extends keyof Requests> = Requests[Name] extends { ask: infer Ask } ? Ask : never;
export type AnswerOf<Requests, Name extends keyof Requests> = Requests[Name] extends { answer: infer Body }
  ? Body
  : never;
