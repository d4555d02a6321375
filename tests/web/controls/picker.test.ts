import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Picker from '#web/controls/Picker.svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';

const options = Array.from({ length: 3500 }, (_, n) => ({ value: `p${n}`, label: `Milk ${n}`, note: `code ${n * 7}` }));

test('one of thousands is found by name or note, by mouse and keyboard', async () => {
  const chosen: string[] = [];
  await render(Picker, { label: 'For', value: 'p1', options, onchange: (value: string) => void chosen.push(value) });
  const opener = page.getByRole('button', { name: 'For: Milk 1', exact: true });
  await opener.click();
  expect(document.querySelectorAll('li')).toHaveLength(50);
  await expect.element(page.getByRole('status')).toHaveTextContent('50 / 3500');
  await userEvent.keyboard('milk 3499{Enter}');
  expect(chosen).toEqual(['p3499']);
  await expect.element(page.getByRole('button', { name: 'For: Milk 3499' })).toHaveFocus();
  await userEvent.keyboard('{Enter}code 21{ArrowDown}{ArrowDown}{Enter}');
  expect(chosen).toEqual(['p3499', 'p30']);
  await userEvent.keyboard('{Enter}cheese');
  await expect.element(page.getByRole('status')).toHaveTextContent('0 / 0');
  const heard: string[] = [];
  const hear = ({ key }: KeyboardEvent): void => void heard.push(key);
  addEventListener('keydown', hear);
  await userEvent.keyboard('{Enter}{Escape}');
  removeEventListener('keydown', hear);
  expect(heard).not.toContain('Escape');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(chosen).toHaveLength(2);
});
