/** One question to the insight engine: its latest answer stays in sight while the next is computed. */
import type { AnswerOf, AskOf, EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';

type Name = keyof InsightRequests & string;

export class Asked<Of extends Name> {
  body = $state.raw<AnswerOf<InsightRequests, Of> | null>(null);
  hasFailed = $state(false);
  isAsking = $state(false);
  /** The business day the answer is of. */
  asOfDay = $state(0);
  readonly #engine: EngineClient<InsightRequests>;
  readonly #name: Of;
  #question = 0;

  /** With a `question` it is asked at once, and again whenever it or the facts change; only inside a component. */
  constructor(engine: EngineClient<InsightRequests>, name: Of, question?: () => AskOf<InsightRequests, Of>) {
    this.#engine = engine;
    this.#name = name;
    if (question)
      $effect(() => {
        void engine.version;
        void this.ask(question());
      });
  }

  /** Only the answer to the latest question counts. Not asked before the engine is ready. */
  async ask(body: AskOf<InsightRequests, Of>): Promise<void> {
    if (this.#engine.state.phase !== 'ready') return;
    const question = ++this.#question;
    this.isAsking = true;
    try {
      const answer = await this.#engine.ask(this.#name, body);
      if (question !== this.#question) return;
      this.body = answer.body;
      this.asOfDay = answer.asOfDay;
      this.hasFailed = false;
    } catch {
      if (question === this.#question) this.hasFailed = true;
    }
    if (question === this.#question) this.isAsking = false;
  }
}
