import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import ControlsGallery from './ControlsGallery.svelte';

afterEach(() => document.documentElement.removeAttribute('data-theme'));

for (const theme of ['light', 'dark', 'studio'] as const)
  test(`shows every control in the ${theme} theme`, async () => {
    await page.viewport(1440, 1000);
    document.documentElement.dataset.theme = theme;
    render(ControlsGallery);
    await expect.element(page.getByRole('heading', { level: 1, name: '顾客' })).toBeVisible();
    const { violations } = await axe.run(document.body);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    if (import.meta.env.VITE_PICTURES) await page.screenshot({ path: `../../../test-results/gallery-${theme}.png` });
  });
