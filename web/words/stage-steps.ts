/** What brought a customer to a stage of life. */
import type { StageReason } from '#core/insight/lifecycle/derive-stage.ts';
import { decimal } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const stageStepWords = phrases(
  {
    title: '阶段是怎么变的',
    step: (reason: StageReason): string => {
      switch (reason.kind) {
        case 'never-engaged':
          return '认识了';
        case 'engaged':
          return '来看过，还没买';
        case 'engaged-long-ago':
          return `${reason.daysAgo}天没来看了`;
        case 'one-order':
          return '第1单';
        case 'some-orders':
        case 'many-orders':
          return `第${reason.orders}单`;
        case 'overdue':
          return `${reason.daysSince}天没买，${reason.interval === 'own' ? '平时' : '店里一般'}${decimal(reason.intervalDays)}天一次`;
      }
    },
  },
  {
    title: 'The way through the stages',
    step: (reason) => {
      switch (reason.kind) {
        case 'never-engaged':
          return 'known';
        case 'engaged':
          return 'came to look, no order yet';
        case 'engaged-long-ago':
          return `has not looked for ${reason.daysAgo} days`;
        case 'one-order':
          return 'order 1';
        case 'some-orders':
        case 'many-orders':
          return `order ${reason.orders}`;
        case 'overdue':
          return `${reason.daysSince} days without an order; ${reason.interval === 'own' ? 'usually' : 'usual in the shop:'} one in ${decimal(reason.intervalDays)} days`;
      }
    },
  },
);
