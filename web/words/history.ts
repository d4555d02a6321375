/** What documents were: versions, who changed what, what differs, the way back. */
import type { TouchedObject } from '#core/workspace/history/touched-objects.doc.ts';
import { campaignsWords } from './campaigns.ts';
import { catalogueWords } from './catalogue.ts';
import { clock, count, dayOfMs, filmClock, money } from './format.svelte.ts';
import { journeysWords } from './journeys.ts';
import { phrases } from './phrases.svelte.ts';
import { preferenceWords } from './preference.ts';

type Act = TouchedObject['act'];
interface Naming {
  readonly fields: Readonly<Record<string, string>>;
  readonly minutes: (n: number) => string;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly elsewhere: string;
}

const namingZh: Naming = {
  fields: {
    '': '内容',
    title: '标题',
    name: '名字',
    note: '说明',
    script: '话术',
    rule: '规则草稿',
    kept: '生效的规则',
    text: '内容',
    order: '位置',
    column: '进度',
    phase: '阶段',
    owner: '谁来做',
    deadlineMs: '截止',
    checklist: '清单',
    kind: '类型',
    productId: '商品',
    content: '适合爱看哪种的人',
    minutes: '时长',
    priceFen: '价格',
    locked: '锁定',
    archived: '收起',
    category: '品类',
    tags: '标签',
    aliases: '导入里的叫法',
    facts: '商品说明',
    packMilli: '一件的分量',
    packUnit: '单位',
    storage: '储存方式',
    shelfLifeDays: '保质期（天）',
    mergedInto: '并入',
    createdMs: '建立时间',
    startMs: '片段开头',
    endMs: '片段结尾',
    isArchived: '收起',
  },
  minutes: (n) => `${n}分`,
  yes: '是',
  no: '否',
  none: '空',
  elsewhere: '换了位置',
};
const namingEn: Naming = {
  fields: {
    '': 'Text',
    title: 'Title',
    name: 'Name',
    note: 'Note',
    script: 'Script',
    rule: 'Rule, draft',
    kept: 'Rule in force',
    text: 'Text',
    order: 'Place',
    column: 'Progress',
    phase: 'Phase',
    owner: 'Who does it',
    deadlineMs: 'Due',
    checklist: 'Checklist',
    kind: 'Kind',
    productId: 'Product',
    content: 'For people who like',
    minutes: 'Length',
    priceFen: 'Price',
    locked: 'Locked',
    archived: 'Put away',
    category: 'Category',
    tags: 'Tags',
    aliases: 'Names in imports',
    facts: 'Product facts',
    packMilli: 'What one piece holds',
    packUnit: 'Unit',
    storage: 'Storage',
    shelfLifeDays: 'Shelf life, days',
    mergedInto: 'Merged into',
    createdMs: 'Made',
    startMs: 'Clip begins',
    endMs: 'Clip ends',
    isArchived: 'Put away',
  },
  minutes: (n) => `${n}\u00a0min`,
  yes: 'yes',
  no: 'no',
  none: 'empty',
  elsewhere: 'moved',
};

/** One value of one field in words; what a list holds, one line each. */
const valueWith =
  (naming: Naming) =>
  (field: string, value: unknown): string => {
    const campaigns = campaignsWords();
    if (field === 'order') return naming.elsewhere;
    if (value === undefined || value === null || value === '') return naming.none;
    if (typeof value === 'boolean') return value ? naming.yes : naming.no;
    if (typeof value === 'number') {
      if (field === 'priceFen') return money(value);
      if (field === 'minutes') return naming.minutes(value);
      if (field === 'packMilli') return count(value / 1000);
      if (field === 'startMs' || field === 'endMs') return filmClock(value);
      return field.endsWith('Ms') ? `${dayOfMs(value)} ${clock(value)}` : count(value);
    }
    if (typeof value === 'string') {
      const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
        column: campaigns.columns,
        phase: campaigns.phaseNames,
        kind: campaigns.kinds,
        content: preferenceWords().kinds,
        storage: catalogueWords().storages,
      };
      return known[field]?.[value] ?? value;
    }
    const lines = Object.entries(value as object).map(([key, one]: [string, unknown]) => {
      if (typeof one === 'string') return field === 'tags' ? key : `${key}: ${one}`;
      const { text, done } = (one ?? {}) as { text?: unknown; done?: unknown };
      return typeof text === 'string' ? `${done === true ? '☑' : '☐'} ${text}` : key;
    });
    return lines.length === 0 ? naming.none : lines.join('\n');
  };

/** A message is called by its broadcast and step. */
const messageTitle = (campaign: string, step: string): string => {
  const steps: Readonly<Record<string, string>> = journeysWords().steps;
  return [campaign, steps[step] ?? step].filter((part) => part !== '').join(' · ');
};

const actsZh: Record<Act, string> = { added: '加了', changed: '改了', removed: '删了' };
const actsEn: Record<Act, string> = { added: 'Added', changed: 'Changed', removed: 'Removed' };

export const historyWords = phrases(
  {
    open: '历史',
    title: '历史',
    back: '返回历史',
    loading: '正在取历史',
    filter: '看什么',
    all: '全部',
    versionsOnly: '只看版本',
    nameLabel: '给现在这样起个名字',
    nameHint: '比如：定稿前',
    nameAct: '存成版本',
    naming: '正在存',
    named: (name: string) => `存好了“${name}”`,
    emptyTitle: '还没有改动',
    emptySentence: '有人改了这里，谁、什么时候、改了什么就会出现。每天第一次改动之前会自动存一个版本。',
    emptyVersions: '还没有版本',
    offlineTitle: '现在连不上服务器',
    offlineSentence: '版本和改动记录存在服务器上，连上之后才能看。你在这里改的内容还在。',
    failedTitle: '历史没取到',
    failedSentence: '文档没有受影响，再试一次。',
    again: '再试一次',
    deviceTitle: '这里没有历史',
    deviceSentence:
      '这个品牌只存在这台设备的浏览器里，没有服务器替它存版本。刚改错的可以撤销；想留底就导出一份 .larder 文件，或者把品牌连到服务器。',
    kinds: {
      named: '版本',
      day: '当天第一次改动之前',
      'on-air': '开播时的样子',
      'off-air': '下播时的样子',
      'before-restore': '恢复之前的样子',
    },
    objects: {
      cards: '事项',
      items: '流程',
      products: '商品',
      segments: '人群',
      clips: '片段',
      message: '消息',
      campaigns: '场次',
      onAir: '直播开关',
    } as Readonly<Record<string, string>>,
    objectOther: '内容',
    untitled: '没起名字的',
    message: messageTitle,
    acts: actsZh,
    did: (act: Act, names: string) => `${actsZh[act]}${names}`,
    quoted: (kind: string, title: string) => `${kind}“${title}”`,
    more: (n: number) => `等${count(n)}项`,
    restored: (n: number, from: string) => `从“${from}”恢复了${count(n)}项`,
    someVersion: '一个已删的版本',
    takeBack: '撤回这次恢复',
    look: '和现在比较',
    since: '这个版本之后的改动',
    same: '和现在一模一样',
    sameSentence: '这个版本之后没有留下改动。',
    was: '当时',
    is: '现在',
    ...namingZh,
    value: valueWith(namingZh),
    readOnly: '你只能看，不能恢复这里',
    choose: (title: string) => `恢复“${title}”`,
    onlyThis: '只恢复这一项',
    takeOut: '只删掉这一项',
    restore: (n: number) => `恢复选中的${count(n)}项`,
    chooseFirst: '先选要恢复的',
    restoring: '正在恢复',
    confirmTitle: (name: string) => `恢复到“${name}”？`,
    confirmAct: '恢复',
    confirmParts: { changed: '改回', removed: '找回', added: '删掉' } satisfies Record<Act, string>,
    confirmLine: (what: string, n: number, names: string) => `${what}${count(n)}项：${names}`,
    confirmStays: '没选的、别人正在改的其他内容都不动。恢复之前的样子会自动存一个版本，可以撤回。',
    done: (n: number) => `恢复了${count(n)}项`,
    otherRestored: (name: string, titles: string) => `${name}恢复了“${titles}”以前的样子`,
    otherRestoredText: '你刚写的可能不在里面了。历史里能看到差别，也能撤回这次恢复。',
    nothingDone: '已经是这个样子了',
    undone: '恢复已撤回',
    remove: '删掉这个版本',
    removeTitle: (name: string) => `删掉版本“${name}”？`,
    removeSentence: '只删这个留底，文档现在的内容不变。删了不能找回。',
    removed: '版本删掉了',
    refusedTitle: '没有做成',
    refused: {
      unreachable: '连不上服务器。文档没有变，连上后再试。',
      'not-allowed': '你的角色不能这样做。',
      'unknown-version': '这个版本已经不在了。',
      'too-many-versions': '起了名字的版本已满100个，先删掉几个。',
      'nothing-yet': '这里还没有内容，没什么可存。',
      'too-large': '这份文档太大，存不成版本。',
      'room-unavailable': '服务器暂时写不进去，过一会儿再试。',
    } as Readonly<Record<string, string>>,
    refusedOther: '文档没有变，再试一次。',
  },
  {
    open: 'History',
    title: 'History',
    back: 'Back to history',
    loading: 'Fetching the history',
    filter: 'What to see',
    all: 'Everything',
    versionsOnly: 'Versions only',
    nameLabel: 'Name how it is now',
    nameHint: 'For example: before the final draft',
    nameAct: 'Keep version',
    naming: 'Keeping',
    named: (name) => `Kept “${name}”`,
    emptyTitle: 'No changes yet',
    emptySentence:
      'When somebody changes something here, you see who, when and what. Before the first change of each day a version is kept by itself.',
    emptyVersions: 'No versions yet',
    offlineTitle: 'The server cannot be reached',
    offlineSentence:
      'Versions and who changed what are kept on the server and show once you are connected. What you changed here is safe.',
    failedTitle: 'The history did not arrive',
    failedSentence: 'The document is not affected. Try again.',
    again: 'Try again',
    deviceTitle: 'No history here',
    deviceSentence:
      'This brand lives in this browser only, and no server keeps versions of it. A slip can be undone; to keep a copy, export a .larder file, or connect the brand to a server.',
    kinds: {
      named: 'Version',
      day: 'Before the first change of that day',
      'on-air': 'As the broadcast began',
      'off-air': 'As the broadcast ended',
      'before-restore': 'Before restoring',
    },
    objects: {
      cards: 'card',
      items: 'item',
      products: 'product',
      segments: 'segment',
      clips: 'clip',
      message: 'message',
      campaigns: 'campaign',
      onAir: 'on-air state',
    },
    objectOther: 'text',
    untitled: 'untitled',
    message: messageTitle,
    acts: actsEn,
    did: (act, names) => `${actsEn[act]} ${names}`,
    quoted: (kind, title) => `${kind} “${title}”`,
    more: (n) => ` and ${count(n)} more`,
    restored: (n, from) => `Restored ${count(n)} from “${from}”`,
    someVersion: 'a version that was removed',
    takeBack: 'Take this back',
    look: 'Compare with now',
    since: 'What changed since this version',
    same: 'Exactly as it is now',
    sameSentence: 'No change has stayed since this version.',
    was: 'Then',
    is: 'Now',
    ...namingEn,
    value: valueWith(namingEn),
    readOnly: 'You may look, and not restore this',
    choose: (title) => `Restore “${title}”`,
    onlyThis: 'Restore only this',
    takeOut: 'Take out only this',
    restore: (n) => `Restore ${count(n)} selected`,
    chooseFirst: 'Choose what to restore',
    restoring: 'Restoring',
    confirmTitle: (name) => `Restore to “${name}”?`,
    confirmAct: 'Restore',
    confirmParts: { changed: 'Go back', removed: 'Come back', added: 'Go away' },
    confirmLine: (what, n, names) => `${what}: ${count(n)} (${names})`,
    confirmStays:
      'Everything you did not choose stays, also what others are changing now. How it is before restoring is kept as a version, so you can take this back.',
    done: (n) => `Restored ${count(n)}`,
    otherRestored: (name, titles) => `${name} restored “${titles}” to how it was`,
    otherRestoredText:
      'What you just wrote may no longer be in it. The history shows what differs, and the restore can be taken back there.',
    nothingDone: 'It is like that already',
    undone: 'Restoring was taken back',
    remove: 'Remove this version',
    removeTitle: (name) => `Remove the version “${name}”?`,
    removeSentence: 'Only this copy goes; the document stays as it is. It cannot be brought back.',
    removed: 'Version removed',
    refusedTitle: 'That did not work',
    refused: {
      unreachable: 'The server cannot be reached. The document is unchanged; try when you are connected.',
      'not-allowed': 'Your role may not do this.',
      'unknown-version': 'This version is no longer there.',
      'too-many-versions': 'There are 100 named versions already. Remove some first.',
      'nothing-yet': 'There is nothing here to keep yet.',
      'too-large': 'This document is too large for a version.',
      'room-unavailable': 'The server cannot write for the moment. Try again soon.',
    },
    refusedOther: 'The document is unchanged. Try again.',
  },
);
