/** That the orders end some time ago, and what follows from it. */
import type { QuietSince } from '#core/insight/profile/quiet-since.ts';
import { count, fullDay } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const quietSinceWords = phrases(
  {
    title: ({ lastDay, days }: QuietSince) => `最新的订单是${fullDay(lastDay)}的，${count(days)}天前`,
    text: '该补货、分层和流失都算到今天：这之后的订单没导入，就会显得没人到期、多数流失。导入较新的订单就好。',
    act: '导入订单',
  },
  {
    title: ({ lastDay, days }) => `The newest order is of ${fullDay(lastDay)}, ${count(days)} days ago`,
    text: 'Who is due, the groups and who is lost count up to today: while later orders are missing, nobody seems due and most seem lost. Import newer orders and it comes right.',
    act: 'Import orders',
  },
);
