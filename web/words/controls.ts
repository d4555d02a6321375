import { count } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const controlsWords = phrases(
  {
    close: '关闭',
    cancel: '取消',
    remove: '去掉',
    undo: '撤销',
    notices: '提示',
    required: '必填',
    find: '输入名称查找',
    found: (shown: number, total: number) =>
      total === 0 ? '没有这个名字' : `先列${count(shown)}个，共${count(total)}个；输入几个字缩小范围`,
    longest: (characters: number) => `最多${count(characters)}个字符`,
    range: (first: number, last: number, total: number) => `第${count(first)}–${count(last)}行，共${count(total)}行`,
  },
  {
    close: 'Close',
    cancel: 'Cancel',
    remove: 'Remove',
    undo: 'Undo',
    notices: 'Notices',
    required: 'Required',
    find: 'Type a name',
    found: (shown, total) =>
      total === 0 ? 'Nothing is called so' : `${count(shown)} of ${count(total)} shown; type to narrow them down`,
    longest: (characters) => `At most ${count(characters)} characters`,
    range: (first, last, total) => `${count(first)}–${count(last)} of ${count(total)}`,
  },
);
