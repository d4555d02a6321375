/** Answers about customers: counts, pages of the list, one card with its reasons, a person's word about a tag. */
import { notAPurchase } from '#core/datasets/ledger-columns.ts';
import { type BeliefColumns, hasTag, stages } from '#core/insight/profile/belief-columns.ts';
import { quietSince } from '#core/insight/profile/quiet-since.ts';
import { dueState } from '#core/insight/repurchase/due-state.ts';
import { isBirthMonth } from '#core/insight/repurchase/read-household.ts';
import { countMoves } from '#core/insight/rfm/count-moves.ts';
import { deriveRfmNames } from '#core/insight/profile/derive-standings.ts';
import type { CustomerId } from '#core/units/ids.ts';
import { customerCard } from './customer-card.ts';
import { CustomerLists } from './customer-list.ts';
import { customerRow } from './customer-rows.ts';
import type { CustomerOverview, CustomersRequests } from './customers.messages.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import { EngineFailure } from './engine-failure.ts';
import { NextLists } from './next-list.ts';

export const customersHandlers = (context: EngineContext): Handlers<CustomersRequests> => {
  const lists = new CustomerLists(context);
  const nextLists = new NextLists(context);
  let overview: { readonly of: BeliefColumns; readonly version: number; readonly answer: CustomerOverview } | null =
    null;
  return {
    'customers.overview': () => {
      const beliefs = context.beliefs();
      if (overview?.of !== beliefs || overview.version !== beliefs.ledgerVersion)
        overview = { of: beliefs, version: beliefs.ledgerVersion, answer: overviewOf(context, beliefs) };
      return overview.answer;
    },
    'customers.page': async ({ filter, sort, first, count }) => {
      const { customers, pairs, milliseconds } = await lists.list(filter, sort);
      const beliefs = context.beliefs();
      const from = Math.max(0, Math.min(first, customers.length));
      const page = customers.subarray(from, from + Math.max(0, count));
      return {
        total: customers.length,
        milliseconds,
        rows: Array.from(page, (c, at) => customerRow(context.ledger, beliefs, c, pairs[from + at] ?? -1)),
      };
    },
    'customers.card': ({ id }) => customerCard(context, nextLists, id),
    'customers.buyers': (ask) => nextLists.buyers(ask),
    'customers.tell-child': async ({ id, birthMonth, feeding }) => {
      const { ledger, member } = context;
      const customer = ledger.denseCustomer(id);
      if (birthMonth !== '' && !isBirthMonth(birthMonth, context.asOfDay())) throw new EngineFailure('wrong-month');
      if (customer < 0) return null;
      await context.append([
        {
          kind: 'child',
          customer: ledger.customer(customer).id as CustomerId,
          birthMonth,
          feeding,
          byMember: member.id,
          atMs: context.nowMs(),
        },
      ]);
      return null;
    },
    'customers.mark-tag': async ({ tag, marks }) => {
      const { ledger, member } = context;
      const name = tag.trim();
      const atMs = context.nowMs();
      const known = marks
        .map(({ id, state }) => ({ customer: ledger.denseCustomer(id), state }))
        .filter(({ customer }) => customer >= 0);
      if (known.length === 0 || name === '') return [];
      const idOf = (customer: number): CustomerId => ledger.customer(customer).id as CustomerId;
      const before = known.map(({ customer }) => ({
        id: idOf(customer),
        state: ledger.tagMarks(customer).get(name) ?? ('none' as const),
      }));
      await context.append(
        known.map(({ customer, state }) => ({
          kind: 'tag-mark',
          customer: idOf(customer),
          tag: name,
          state,
          byMember: member.id,
          atMs,
        })),
      );
      return before;
    },
  };
};

const weekDays = 7;

function overviewOf(context: EngineContext, beliefs: BeliefColumns): CustomerOverview {
  const { ledger } = context;
  const before = deriveRfmNames(ledger, context.parameters().rfm, beliefs.asOfDay - weekDays);
  const tagCounts = new Int32Array(beliefs.tagNames.length);
  const stageCounts = stages.map(() => 0);
  let total = 0;
  let due = 0;
  let overdue = 0;
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1) continue;
    total++;
    const stage = beliefs.stage[c] ?? 0;
    stageCounts[stage] = (stageCounts[stage] ?? 0) + 1;
    for (let tag = 0; tag < tagCounts.length; tag++)
      if (hasTag(beliefs, c, tag)) tagCounts[tag] = (tagCounts[tag] ?? 0) + 1;
    const state = dueState(beliefs, c);
    if (state === 'due') due++;
    else if (state === 'overdue') overdue++;
  }
  return {
    total,
    moves: countMoves(before, beliefs.rfm.subarray(0, beliefs.customerCount), beliefs.isPresent),
    stages: stageCounts,
    due,
    overdue,
    quiet: quietSince(beliefs),
    tags: beliefs.tagNames
      .map((name, at) => ({ name, count: tagCounts[at] ?? 0 }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    channels: channelCounts(context, beliefs),
  };
}

/** Customers who ever ordered through each channel. */
function channelCounts(context: EngineContext, beliefs: BeliefColumns): CustomerOverview['channels'] {
  const { orderLines, channels } = context.ledger;
  const seen = channels.map(() => new Uint8Array(beliefs.customerCount));
  for (let row = 0; row < orderLines.count; row++)
    if (orderLines.live[row] === 1 && ((orderLines.flags[row] ?? 0) & notAPurchase) === 0) {
      const mask = seen[orderLines.channel[row] ?? 0];
      if (mask) mask[orderLines.customer[row] ?? 0] = 1;
    }
  return channels
    .map((name, at) => ({ name, count: (seen[at] ?? new Uint8Array(0)).reduce((sum, one) => sum + one, 0) }))
    .filter(({ name, count }) => name !== '' && count > 0)
    .sort((a, b) => b.count - a.count);
}
