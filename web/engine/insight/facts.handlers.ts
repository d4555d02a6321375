import { platformNumbers } from '#core/identity/platform-numbers.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { FactsRequests } from './facts.messages.ts';

/** What only the engine knows of its facts. */
export interface FactsCount {
  readonly unreadable: number;
  readonly missing: number;
  readonly waiting: number;
  readonly bytes: number;
}

export const factsHandlers = (context: EngineContext, countFacts: () => FactsCount): Handlers<FactsRequests> => ({
  'facts.overview': () => {
    const { ledger } = context;
    return {
      customers: countPeople(context),
      orders: ledger.orderCount,
      orderLines: ledger.orderLines.live.subarray(0, ledger.orderLines.count).reduce((sum, live) => sum + live, 0),
      products: ledger.productCount,
      behaviours: ledger.behaviours.live.subarray(0, ledger.behaviours.count).reduce((sum, live) => sum + live, 0),
      ...countFacts(),
    };
  },
  'facts.platform-numbers': ({ ids }) => {
    const { ledger } = context;
    return ids.map((id) => {
      const dense = ledger.denseCustomer(id);
      return platformNumbers(dense < 0 ? [] : ledger.keysOf(dense));
    });
  },
  'facts.imports': () => context.imports(),
  'facts.withdraw-import': async ({ id }) => {
    await context.withdrawImport(id as never);
    return null;
  },
  'facts.redo-import': async ({ id }) => {
    await context.redoImport(id as never);
    return null;
  },
});

function countPeople({ ledger }: EngineContext): number {
  let people = 0;
  for (let dense = 0; dense < ledger.customerCount; dense++) if (ledger.canonical(dense) === dense) people += 1;
  return people;
}
