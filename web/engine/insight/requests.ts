/**
 * Everything a screen may ask the insight worker: each topic declares `<Topic>Requests` in `<topic>.messages.ts` and is
 * joined here, as its handlers are in `topic-handlers.ts`.
 */
import type { BackTestRequests } from './backtest.messages.ts';
import type { CatalogueRequests } from './catalogue.messages.ts';
import type { CustomersRequests } from './customers.messages.ts';
import type { DemandRequests } from './demand.messages.ts';
import type { DueRequests } from './due.messages.ts';
import type { ExclusionsRequests } from './exclusions.messages.ts';
import type { FactsRequests } from './facts.messages.ts';
import type { FollowUpRequests } from './follow-up.messages.ts';
import type { IntakeRequests } from './intake.messages.ts';
import type { OutcomesRequests } from './outcomes.messages.ts';
import type { RulesRequests } from './rules.messages.ts';
import type { PrivacyRequests } from './privacy.messages.ts';
import type { SegmentsRequests } from './segments.messages.ts';
import type { StagesRequests } from './stages.messages.ts';
import type { TodayRequests } from './today.messages.ts';
import type { ValueRequests } from './value.messages.ts';

export interface InsightRequests
  extends
    FactsRequests,
    CatalogueRequests,
    IntakeRequests,
    FollowUpRequests,
    OutcomesRequests,
    PrivacyRequests,
    CustomersRequests,
    ExclusionsRequests,
    SegmentsRequests,
    StagesRequests,
    DueRequests,
    RulesRequests,
    DemandRequests,
    TodayRequests,
    ValueRequests,
    BackTestRequests {}
