/** Joins what the topics answer, as `requests.ts` joins what they may be asked. */
import { backTestHandlers } from './backtest.handlers.ts';
import { catalogueHandlers } from './catalogue.handlers.ts';
import { customersHandlers } from './customers.handlers.ts';
import { demandHandlers } from './demand.handlers.ts';
import { dueHandlers } from './due.handlers.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import { exclusionsHandlers } from './exclusions.handlers.ts';
import type { FactsCount } from './facts.handlers.ts';
import { factsHandlers } from './facts.handlers.ts';
import { followUpHandlers } from './follow-up.handlers.ts';
import { intakeHandlers } from './intake.handlers.ts';
import { outcomesHandlers } from './outcomes.handlers.ts';
import type { InsightRequests } from './requests.ts';
import { privacyHandlers } from './privacy.handlers.ts';
import { rulesHandlers } from './rules.handlers.ts';
import { segmentsHandlers } from './segments.handlers.ts';
import { stagesHandlers } from './stages.handlers.ts';
import { todayHandlers } from './today.handlers.ts';
import { valueHandlers } from './value.handlers.ts';

export const createTopicHandlers = (
  context: EngineContext,
  countFacts: () => FactsCount,
): Handlers<InsightRequests> => ({
  ...factsHandlers(context, countFacts),
  ...catalogueHandlers(context),
  ...intakeHandlers(context),
  ...followUpHandlers(context),
  ...outcomesHandlers(context),
  ...customersHandlers(context),
  ...exclusionsHandlers(context),
  ...segmentsHandlers(context),
  ...stagesHandlers(context),
  ...dueHandlers(context),
  ...rulesHandlers(context),
  ...demandHandlers(context),
  ...todayHandlers(context),
  ...valueHandlers(context),
  ...privacyHandlers(context),
  ...backTestHandlers(context),
});
