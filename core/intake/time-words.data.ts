/** Words inside written times. */
export const afternoonWords: readonly string[] = ['下午', '晚上', '中午', 'pm', 'p.m.'];
export const morningWords: readonly string[] = ['上午', '凌晨', '早上', 'am', 'a.m.'];
export const monthNames: readonly string[] = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];
