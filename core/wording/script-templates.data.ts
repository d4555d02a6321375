/** Starter lines for a script, in the order a host says them; filled only where the card has the field. 22 November 2026. */
export const scriptTemplates: readonly string[] = [
  '接下来这款是{商品}。',
  '产地是{产地}。',
  '这一份是{规格}，今天{价格}。',
  '过敏的朋友先看一眼：{过敏原}。',
  '到家记得{储存}，保质期{保质期}。',
  '家里这么做：{吃法}。',
];
