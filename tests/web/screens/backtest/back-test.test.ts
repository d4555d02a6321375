import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import type { OrderLine } from '#core/datasets/fact.ts';
import { keepBackTest, readBackTest } from '#core/insight/backtest/results.doc.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayMs } from '#core/units/business-day.ts';
import { aDeviceWorkspace, bringFacts, openOnDevice } from '#tests/web/device-workspace.ts';
import { aCustomerId, anOrderLine } from '#tests/makers/facts.ts';
import { type OpenedEngine, openEngine } from '#web/engine/open-engine.svelte.ts';
import BackTest from '#web/screens/backtest/BackTest.svelte';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';
import InWorkspace from '../InWorkspace.svelte';

let workspace: OpenedWorkspace;
let engine: OpenedEngine;

/** 90 people, two products each at a rhythm of their own of 8 to 40 days, for 200 days up to today. */
const aShop = (): OrderLine[] => {
  const random = seededRandom(7);
  const lines: OrderLine[] = [];
  for (let customer = 1; customer <= 90; customer++)
    for (let product = 0; product < 2; product++) {
      const gap = 8 + Math.floor(random() * 33);
      for (let day = 200 - Math.floor(random() * gap); day > 0; day -= gap + Math.round(4 * random() - 2))
        lines.push(
          anOrderLine({
            customer: aCustomerId(customer),
            order: `${customer}-${day}`,
            item: `p${(customer + product * 3) % 12}`,
            atMs: Date.now() - day * dayMs,
          }),
        );
    }
  return lines;
};

const show = () => render(InWorkspace, { workspace, engine: engine.client, screen: BackTest });

const wrong = async (): Promise<string[]> =>
  (await axe.run(document.body)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);

beforeEach(async () => {
  await page.viewport(1440, 1000);
  ({ workspace, engine } = await aDeviceWorkspace());
});
afterEach(async () => {
  document.documentElement.removeAttribute('data-theme');
  await engine.close();
  await workspace.wipe();
});

test('an empty workspace is told what is missing', async () => {
  show();
  await expect.element(page.getByRole('link', { name: '导入订单' })).toBeVisible();
});

test('[BTE13] a test says what it found, keeps it over a restart, and what is no better is not used until somebody wants it', async () => {
  await bringFacts(engine, aShop());
  const shown = await show();
  await page.getByRole('button', { name: '开始试' }).click();
  const cycle = page.getByRole('region', { name: '复购周期' });
  await expect.element(cycle.getByText('我们的预测'), { timeout: 25_000 }).toBeVisible();
  await expect.element(cycle.getByText(/次预测，其中/)).toBeVisible();
  const verdicts = () => [...document.querySelectorAll('.verdict')].map((said) => said.textContent.trim());
  const before = verdicts();
  expect(before).toHaveLength(4);
  expect(await wrong()).toEqual([]);
  await shown.unmount();
  document.documentElement.dataset.theme = 'dark';
  await engine.close();
  await workspace.close();
  workspace = await openOnDevice(workspace.id);
  engine = openEngine(workspace);
  show();
  await expect.element(cycle.getByText('我们的预测')).toBeVisible();
  expect(verdicts()).toEqual(before);
  expect(await wrong()).toEqual([]);
  const settings = workspace.open('settings');
  const kept = readBackTest(settings.doc);
  if (!kept) throw new Error('no test was kept');
  const verdict = { kind: 'not-better', percent: -3, than: 'average' } as const;
  const tests = kept.test.tests.map((one) => (one.belief === 'cycle' ? { ...one, verdict } : one));
  keepBackTest(settings.doc, { ...kept, test: { ...kept.test, tests }, atMs: Date.now() });
  settings.close();
  await expect.element(cycle.getByText(/还多错3%：不用/)).toBeVisible();
  await cycle.getByRole('button', { name: '还是要用' }).click();
  await expect.element(cycle.getByRole('button', { name: '还是要用' })).not.toBeInTheDocument();
  await expect.element(cycle.getByText('照用')).toBeVisible();
  await expect.element(cycle.getByText(/还多错3%；店里选择照样用/)).toBeVisible();
  await cycle.getByRole('button', { name: '还是按试算的，不用' }).click();
  await expect.element(cycle.getByText(/还多错3%：不用/)).toBeVisible();
});
