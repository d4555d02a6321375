/** Joins what the topics answer, as `requests.ts` joins what they may be asked. */
import { catalogueHandlers } from './catalogue.handlers.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { FactsSource } from './facts.handlers.ts';
import { factsHandlers } from './facts.handlers.ts';
import { followUpHandlers } from './follow-up.handlers.ts';
import { intakeHandlers } from './intake.handlers.ts';
import { outcomesHandlers } from './outcomes.handlers.ts';
import type { InsightRequests } from './requests.ts';

export const createTopicHandlers = (context: EngineContext, source: FactsSource): Handlers<InsightRequests> => ({
  ...factsHandlers(context, source),
  ...catalogueHandlers(context),
  ...intakeHandlers(context),
  ...followUpHandlers(context),
  ...outcomesHandlers(context),
});
