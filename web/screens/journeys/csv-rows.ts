/** The rows of the exported list, in the language of the screen. */
import type { FollowUpGroup, PlannedMessage } from '#core/journeys/follow-up.ts';
import type { fillMessage } from '#core/journeys/fill-message.ts';
import { type PlatformNumbers, platformNumbers } from '#core/identity/platform-numbers.ts';
import { numberCells } from '#web/words/customer-cells.ts';
import { customerName } from '#web/words/customer-name.ts';
import { plainTime } from '#web/words/format.svelte.ts';
import type { journeysWords } from '#web/words/journeys.ts';
import { journeysMessageWords } from '#web/words/journeys-message.ts';

export const csvRows = (
  groups: readonly FollowUpGroup[],
  w: ReturnType<typeof journeysWords>,
  fill: (message: PlannedMessage) => ReturnType<typeof fillMessage>,
  numbersOf: ReadonlyMap<string, PlatformNumbers>,
): string[][] => {
  const head = w.csv;
  const m = journeysMessageWords();
  return [
    [
      head.group,
      head.step,
      head.person,
      head.phone,
      head.id,
      ...head.numbers,
      head.product,
      head.coupon,
      head.why,
      head.from,
      head.deadline,
      head.state,
      head.text,
    ],
    ...groups.flatMap(({ people }) =>
      people.map((message) => {
        const filled = fill(message);
        const { rule, step, alias, maskedPhone, customer, productName, coupon, notBeforeMs, deadlineMs, state } =
          message;
        const text = filled.ok ? filled.value.text : m.missingField(filled.error.field);
        return [
          w.rules[rule],
          w.steps[step],
          customerName(customer, alias),
          maskedPhone,
          customer,
          ...numberCells(numbersOf.get(customer) ?? platformNumbers([])),
          productName,
          m.couponNames[coupon],
          m.because(message),
          plainTime(notBeforeMs),
          plainTime(deadlineMs),
          w.states[state],
          text,
        ];
      }),
    ),
  ];
};
