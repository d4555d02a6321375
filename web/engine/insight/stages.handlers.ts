/** Answers about where customers stood on two days: counts, flows, the people of a cell, one customer's way. */
import { countFlows } from '#core/insight/count-flows.ts';
import { traceStages } from '#core/insight/lifecycle/trace-stages.ts';
import { type BeliefColumns, rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { absent, absentRfm, deriveRfmNames, deriveStages } from '#core/insight/profile/derive-standings.ts';
import { stageEvents } from '#core/insight/profile/stage-events.ts';
import type { Parameters } from '#core/insight/profile/parameters.ts';
import { customerRow } from './customer-rows.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { StagesRequests, Standing, StandingKind } from './stages.messages.ts';

const standingsOf: Readonly<Record<StandingKind, readonly Standing[]>> = {
  stage: [...stages.slice(0, absent), 'absent'],
  rfm: [...rfmNames.slice(0, absentRfm), 'absent'],
};

export const stagesHandlers = (context: EngineContext): Handlers<StagesRequests> => {
  const kept = new KeptStandings(context);
  return {
    'stages.flows': ({ kind, fromDay, toDay, category = '' }) => {
      const { isPresent } = context.beliefs();
      const [from, to] = kept.daysOf(fromDay, toDay);
      const standings = standingsOf[kind];
      const before = kept.standings(kind, from, category);
      const after = kept.standings(kind, to, category);
      return { kind, fromDay: from, toDay: to, standings, ...countFlows(before, after, isPresent, standings.length) };
    },
    'stages.people': ({ kind, fromDay, toDay, category = '', from, to, first, count }) => {
      const beliefs = context.beliefs();
      const [fromOn, toOn] = kept.daysOf(fromDay, toDay);
      const people = peopleOf(
        beliefs,
        { standings: kept.standings(kind, fromOn, category), wanted: from },
        { standings: kept.standings(kind, toOn, category), wanted: to },
        standingsOf[kind],
      );
      const rows = people.slice(Math.max(0, first), Math.max(0, first) + Math.max(0, count));
      return { total: people.length, rows: Array.from(rows, (c) => customerRow(context.ledger, beliefs, c)) };
    },
    'stages.history': ({ id }) => {
      const { ledger } = context;
      const customer = ledger.denseCustomer(id);
      if (customer < 0) return null;
      const today = context.asOfDay();
      return traceStages(stageEvents(ledger, customer, today), today, context.parameters().lifecycle);
    },
  };
};

/** A few days' standings, kept while facts and parameters are the same: a cell is opened after its table was drawn. */
class KeptStandings {
  readonly #context: EngineContext;
  readonly #byQuestion = new Map<string, Uint8Array>();
  #parameters: Parameters | null = null;
  #version = -1;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** In order of time, none later than today. */
  daysOf(one: number, other: number): readonly [number, number] {
    const today = this.#context.asOfDay();
    return [Math.min(one, other, today), Math.min(Math.max(one, other), today)];
  }

  standings(kind: StandingKind, day: number, category: string): Uint8Array {
    const { ledger } = this.#context;
    const parameters = this.#context.parameters();
    if (this.#version !== ledger.version || this.#parameters !== parameters) this.#byQuestion.clear();
    this.#version = ledger.version;
    this.#parameters = parameters;
    const question = `${kind}/${day}/${kind === 'rfm' ? category : ''}`;
    const known =
      this.#byQuestion.get(question) ??
      (kind === 'stage'
        ? deriveStages(ledger, parameters, day)
        : deriveRfmNames(ledger, parameters.rfm, day, category));
    if (this.#byQuestion.size > 7) this.#byQuestion.clear();
    this.#byQuestion.set(question, known);
    return known;
  }
}

interface Side {
  readonly standings: Uint8Array;
  readonly wanted: Standing | 'any';
}

/** The most valuable first; ties by number. */
function peopleOf(beliefs: BeliefColumns, before: Side, after: Side, names: readonly Standing[]): Int32Array {
  const from = before.wanted === 'any' ? -1 : names.indexOf(before.wanted);
  const to = after.wanted === 'any' ? -1 : names.indexOf(after.wanted);
  const found: number[] = [];
  for (let c = 0; c < beliefs.customerCount; c++)
    if (
      beliefs.isPresent[c] === 1 &&
      (before.wanted === 'any' || before.standings[c] === from) &&
      (after.wanted === 'any' || after.standings[c] === to)
    )
      found.push(c);
  return Int32Array.from(found.sort((a, b) => (beliefs.netFen[b] ?? 0) - (beliefs.netFen[a] ?? 0) || a - b));
}
