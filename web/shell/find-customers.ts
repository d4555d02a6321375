/** Customers for the command palette, asked of the engine; names and masked phones only. */
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { customerName } from '#web/words/customer-name.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import type { PaletteEntry } from './palette-entries.ts';

const most = 8;

export const mayFindCustomers = (workspace: Workspace): boolean =>
  workspace.accessTo('facts/orders/2026-01') !== 'none';

export const findCustomersFor = async (
  engine: EngineClient<InsightRequests>,
  workspace: string,
  query: string,
  go: (path: string) => void,
): Promise<readonly PaletteEntry[]> => {
  if (engine.state.phase !== 'ready') return [];
  const { body } = await engine.ask('customers.page', {
    filter: { names: [], stage: '', tag: '', channel: '', due: '', product: '', search: query, rule: '' },
    sort: 'spent',
    first: 0,
    count: most,
  });
  return body.rows.map(({ id, alias, maskedPhone }) => ({
    id,
    kind: 'customers',
    label: customerName(id, alias),
    note: maskedPhone,
    run: () => go(`/${workspace}/customers?customer=${id}`),
  }));
};
