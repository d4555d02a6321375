import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Field from '#web/controls/Field.svelte';
import TextArea from '#web/controls/TextArea.svelte';

const props = { label: 'Name', hint: 'As your team knows you', maxlength: 5 };

for (const [name, open] of [
  ['line', () => render(Field, props)],
  ['text', () => render(TextArea, props)],
] as const)
  test(`a ${name} that is full says how much it holds, to the ear too`, async () => {
    await open();
    const input = page.getByLabelText('Name');
    await userEvent.fill(input, 'Anna');
    await expect.element(input).toHaveAccessibleDescription('As your team knows you');
    await userEvent.type(input, 'belle');
    await expect.element(input).toHaveValue('Annab');
    await expect.element(input).toHaveAccessibleDescription('≤ 5');
  });
