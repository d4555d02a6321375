import { expect, test } from 'vitest';
import { checkScript } from '#core/campaigns/check-script.ts';
import { promptedLines } from '#core/campaigns/prompted-lines.ts';
import type { Product } from '#core/catalogue/product.ts';

const product = (fields: Partial<Product>): Product =>
  ({ name: '', category: '', tags: [], facts: {}, ...fields }) as Product;

test('[CMP17] lines are counted as the prompter shows them, and only those with a finding are given', () => {
  const script = ' 鲜牛奶每天早上到店 \n\n  \n这是全国最好的牛奶\n第一步先加热';
  expect(promptedLines(script)).toEqual(['鲜牛奶每天早上到店', '这是全国最好的牛奶', '第一步先加热']);
  const flagged = checkScript(script, null);
  expect(flagged.map(({ line, text }) => [line, text])).toEqual([[1, '这是全国最好的牛奶']]);
  expect(flagged[0]?.findings[0]).toMatchObject({ verdict: 'block', article: 'advertising-law-9-3' });
  expect(checkScript('', null)).toEqual([]);
});

test('[CMP17] the product decides which rules hold', () => {
  const verdictFor = (of: Product | null) =>
    checkScript('有助于增强免疫力', of).map(({ findings }) => findings.map(({ verdict }) => verdict));
  expect(verdictFor(product({ name: '益生菌', facts: { 批准文号: '国食健字G2020' } }))).toEqual([]);
  expect(verdictFor(product({ name: '鲜牛奶', category: '乳品' }))).toEqual([['block']]);
  expect(verdictFor(null)).toEqual([['block']]);
});
