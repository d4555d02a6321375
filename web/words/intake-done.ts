/** What an import brought, the imports so far, and the way back. */
import { count, plural } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const intakeDoneWords = phrases(
  {
    done: (lines: number) => `${count(lines)} 行写好了`,
    doneNew: (fresh: number, known: number) =>
      known === 0
        ? `全部是新的`
        : fresh === 0
          ? '都是已有的，没有重复计入'
          : `新增${count(fresh)}行，已有的${count(known)}行只更新`,
    doneCustomers: '位顾客',
    doneNewCustomers: (value: number) => `${count(value)}位是第一次见`,
    doneOrders: '笔算数的订单',
    doneProducts: '个新商品',
    doneRefunds: (value: number) => `${count(value)}笔退款`,
    doneTags: (value: number) => (value === 0 ? '没有标签建议' : `${count(value)}个有标签建议等你确认`),
    rfmTitle: '按最近、频次、金额看',
    rfmNote: (value: number) => `${count(value)}位买过的顾客`,
    dueTitle: '今天该补货的顾客',
    dueNote: (overdue: number) => (overdue > 0 ? `另有${count(overdue)}人过了复购期` : ''),
    dueCount: '人',
    dueNone: '还没有人到补货的时候；买到第二、第三次就看得出周期',
    seeCustomers: '看顾客',
    seeDue: '看到期名单',
    seeCatalogue: '去商品目录确认标签',
    took: (seconds: string) => `从放进文件到写好用了${seconds}秒`,
    undo: '撤销这次导入',
    undone: '已撤销，这次导入不再计入',
    redo: '恢复',
    redone: '已恢复，重新计入',
    history: '导入记录',
    historyLine: (lines: number, rejected: number) =>
      `${count(lines)}行${rejected > 0 ? `，${count(rejected)}行没导入` : ''}`,
    withdrawn: '已撤销',
  },
  {
    done: (lines) => `${plural(lines, 'row')} written`,
    doneNew: (fresh, known) =>
      known === 0
        ? 'All of them new'
        : fresh === 0
          ? 'All known already; nothing counted twice'
          : `${count(fresh)} new, ${count(known)} known and updated`,
    doneCustomers: 'customers',
    doneNewCustomers: (value) => `${count(value)} seen for the first time`,
    doneOrders: 'orders that count',
    doneProducts: 'new products',
    doneRefunds: (value) => plural(value, 'refund'),
    doneTags: (value) => (value === 0 ? 'no tags suggested' : `${count(value)} have tag suggestions waiting for you`),
    rfmTitle: 'By recency, frequency and money',
    rfmNote: (value) => `${plural(value, 'customer')} who bought`,
    dueTitle: 'Due to reorder today',
    dueNote: (overdue) => (overdue > 0 ? `${count(overdue)} more are past the window` : ''),
    dueCount: 'customers',
    dueNone: 'Nobody is due yet; a second and third order show each one’s cycle',
    seeCustomers: 'See customers',
    seeDue: 'See who is due',
    seeCatalogue: 'Confirm tags in the catalogue',
    took: (seconds) => `${seconds}\u00a0s from file to result`,
    undo: 'Undo this import',
    undone: 'Undone; this import no longer counts',
    redo: 'Restore',
    redone: 'Restored; it counts again',
    history: 'Imports so far',
    historyLine: (lines, rejected) => `${plural(lines, 'row')}${rejected > 0 ? `, ${count(rejected)} left out` : ''}`,
    withdrawn: 'Undone',
  },
);
