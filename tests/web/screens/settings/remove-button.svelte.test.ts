import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import RemoveButton from '#web/screens/settings/RemoveButton.svelte';

test('it removes only what was answered with yes, and asks again the next time', () => {
  let removed = 0;
  const target = document.body.appendChild(document.createElement('div'));
  const props = { label: 'Remove', title: 'Remove it?', text: 'It goes.', onremove: () => void removed++ };
  const mounted = mount(RemoveButton, { target, props });
  onTestFinished(async () => {
    await unmount(mounted);
    target.remove();
  });
  const press = (button: Element | null | undefined): void => {
    (button as HTMLButtonElement).click();
    flushSync();
  };
  const dialog = target.querySelector('dialog');
  const [no, yes] = dialog?.querySelectorAll('button') ?? [];

  press(target.querySelector('button'));
  expect(dialog?.open).toBe(true);
  press(no);
  expect([dialog?.open, removed]).toEqual([false, 0]);

  press(target.querySelector('button'));
  press(yes);
  expect([dialog?.open, removed]).toEqual([false, 1]);
});
