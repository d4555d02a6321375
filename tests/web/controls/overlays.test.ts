import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import SheetHarness from './SheetHarness.svelte';

const focused = (): string => document.activeElement?.textContent?.trim() ?? '';

test('a sheet keeps the focus, closes on Escape, gives the focus back, and keeps what was typed', async () => {
  render(SheetHarness);
  const opener = page.getByRole('button', { name: 'Open sheet' });
  await opener.click();
  const sheet = page.getByRole('dialog', { name: 'A sheet' });
  await expect.element(sheet).toBeVisible();
  await page.getByLabelText('Note').fill('call the dairy');
  for (let at = 0; at < 6; at += 1) {
    await userEvent.keyboard('{Tab}');
    const isOutside = document.activeElement?.closest('dialog') === null && document.activeElement !== document.body;
    expect(isOutside).toBe(false);
  }
  await userEvent.keyboard('{Escape}');
  await expect.element(sheet).not.toBeInTheDocument();
  expect(focused()).toBe('Open sheet');
  await opener.click();
  await expect.element(page.getByLabelText('Note')).toHaveValue('call the dairy');
});

test('a dialog asks: Escape is no, only its button is yes', async () => {
  const onconfirm = vi.fn();
  render(SheetHarness, { onconfirm });
  await page.getByRole('button', { name: 'Open dialog' }).click();
  await expect.element(page.getByRole('alertdialog', { name: 'Remove it' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(onconfirm).not.toHaveBeenCalled();
  await page.getByRole('button', { name: 'Open dialog' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  expect(onconfirm).toHaveBeenCalledTimes(1);
});

test('a menu is walked with arrows and letters, Escape gives the focus back, what is unavailable does nothing', async () => {
  const onpick = vi.fn();
  render(SheetHarness, { onpick });
  const opener = page.getByRole('button', { name: 'Open menu' });
  await opener.click();
  await expect.poll(focused).toBe('Alpha');
  await userEvent.keyboard('{ArrowDown}');
  expect(focused()).toBe('Beta');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  expect(focused()).toContain('Gamma');
  await userEvent.keyboard('{Enter}');
  expect(onpick).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  await expect.poll(focused).toBe('Open menu');
  await opener.click();
  await expect.poll(focused).toBe('Alpha');
  await userEvent.keyboard('b{Enter}');
  expect(onpick).toHaveBeenCalledExactlyOnceWith('beta');
});
