/**
 * What screens may ask the insight worker. Each topic declares its requests in `<topic>.messages.ts` as
 * `{ 'topic.verb': { ask: …; answer: … } }` and answers them in `<topic>.handlers.ts`; this file joins them.
 * Every answer carries the version of the ledger it was computed from.
 */
export interface Answer<Body> {
  readonly ledgerVersion: number;
  readonly asOfDay: number;
  readonly body: Body;
}

export interface EngineClient<Requests> {
  /** Grows when facts or beliefs changed: read it in a `$derived` or `$effect` to ask again. */
  readonly version: number;
  ask<Name extends keyof Requests & string>(name: Name, body: AskOf<Requests, Name>): Promise<Answer<AnswerOf<Requests, Name>>>;
}

export type AskOf<Requests, Name extends keyof Requests> = Requests[Name] extends { ask: infer Ask } ? Ask : never;
export type AnswerOf<Requests, Name extends keyof Requests> = Requests[Name] extends { answer: infer Body } ? Body : never;
