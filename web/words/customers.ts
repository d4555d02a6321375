/** The customers screen. */
import type { PairExplanation } from '#core/insight/repurchase/explain-pair.ts';
import { fewestShopGaps } from '#core/insight/repurchase/repurchase-parameters.ts';
import type { NextReason } from '#core/insight/next-products/next-products-ranker.ts';
import { count, day, decimal, money, percent, plural } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

type Behind = Pick<PairExplanation, 'returns' | 'shopGaps' | 'calibratedOn' | 'missingPurchases'>;

export const customersWords = phrases(
  {
    title: '顾客',
    total: (n: number): string => `${count(n)}人`,
    someOf: (n: number, total: number): string => `${count(total)}人中的${count(n)}人`,
    sort: '排序',
    sorts: { next: '14天内最可能买', spent: '累计实付', orders: '单数', recent: '最近买', risk: '流失风险' },
    exportAll: '导出',
    exportLater: '读完可导出',
    exporting: (done: number, total: number): string => `已写${count(done)}/${count(total)}行`,
    toSegment: '存成人群',
    filters: '筛选',
    all: '全部',
    searchLabel: '找人',
    searchHint: '姓名、拼音首字母、尾号',
    due: '今天在复购期',
    overdue: '过了复购期',
    tag: '兴趣标签',
    channel: '渠道',
    stage: '阶段',
    any: '不限',
    byRule: '按人群规则',
    byProduct: (name: string): string => `商品：${name}`,
    columns: {
      customer: '顾客',
      rfm: '分层',
      spent: '累计实付',
      orders: '单数',
      last: '最近买',
      next: '下次买什么，何时',
      within14: '14天内',
    },
    list: '顾客名单',
    shown: (from: number, to: number, n: number): string => `第${count(from)}–${count(to)}人，共${count(n)}人`,
    computed: (time: string, ms: number): string => `算于${time}，用了${ms < 1 ? '不到1' : count(Math.round(ms))}毫秒`,
    legend: { own: '自身历史', prior: '品类先验', overdue: '过了复购期' },
    nobodyTitle: '没有这样的顾客',
    nobodySentence: '去掉一个条件再看看。',
    clear: '去掉全部条件',
    emptyTitle: '还没有顾客',
    emptySentence: '导入一份订单，一分钟内看到谁该补货。',
    emptyAct: '导入订单',
    emptyReader: '运营导入订单以后，顾客会出现在这里。',
    emptyReaderAct: '先看场次',
    loading: '正在打开顾客数据',
    failedTitle: '顾客数据没打开',
    failedSentence: '订单都还在。重新打开这个页面再试；还不行就导出一份备份。',
    never: '没买过',
    card: {
      label: '顾客卡',
      close: '关上顾客卡',
      gone: '这位顾客的记录已经撤回或并入别人。',
      spent: '累计实付，已减退款',
      lastOrder: (when: string): string => (when === '' ? '还没有订单' : `最近${when}`),
      interval: '自己的节奏',
      shopInterval: '店里一般的节奏',
      days: (n: number): string => `${decimal(n)}天`,
      risk: '60天流失风险',
      noRisk: '没买过，不算流失',
      why: '为什么',
      tags: '兴趣标签',
      addTag: '加一个标签',
      tagName: '标签名',
      noTags: '还没有标签',
      byHand: '人工',
      giveBack: (tag: string): string => `${tag}：交回自动判断`,
      removedTags: '人工去掉的',
      tagWhy: (score: number, onAt: number, offBelow: number): string =>
        `得分${decimal(score)}，到${onAt}点亮，低于${offBelow}熄灭`,
      tagEvent: (kind: 'watch' | 'click' | 'add' | 'buy', product: string, on: number, weight: number): string =>
        `${day(on)} ${{ watch: '看了', click: '点开', add: '加购', buy: '买了' }[kind]}${product}，现在还值${decimal(weight)}`,
      next: '接下来买什么',
      nextNote: '中间80%可能落在条内',
      nextEmpty: '还没买过，没有可推的节奏。',
      whyProduct: (product: string): string => `为什么是${product}：`,
      gaps: (n: number, gaps: readonly number[]): string => `买过${n}次，间隔${gaps.slice(-8).join('、')}天`,
      once: (n: number): string => `买过${n}次`,
      last: (on: number, milli: number): string => `上次${day(on)}买${decimal(milli / 1000)}份`,
      leftOut: (n: number): string => `另有${n}行退款、赠送或测试单没算`,
      factors: (plain: number, expected: number, season: number, stockUp: number): string =>
        `这次的间隔${decimal(plain)}天改成${decimal(expected)}天：${[
          ...(season === 1 ? [] : [`季节×${season}`]),
          ...(stockUp === 1 ? [] : [`${stockUp > 1 ? '上次买得多' : '上次买得少'}×${stockUp}`]),
        ].join('，')}`,
      own: (n: number, counted: number): string => `自身历史${n}次，按${decimal(counted)}天算`,
      prior: (of: 'product' | 'category' | 'shop', days: number, gaps: number, counted: number): string =>
        `先按${{ product: '这个商品', category: '同品类', shop: '全店' }[of]}估，一般${decimal(days)}天${gaps > 0 ? `，来自它的${count(gaps)}次间隔` : ''}；买得还少，这次按${decimal(counted)}天算`,
      behind: ({ returns, shopGaps, calibratedOn, missingPurchases }: Behind): string =>
        `这样的购买有${percent(returns)}还会有下一次：${
          shopGaps < fewestShopGaps
            ? `内置的数，全店才有${count(shopGaps)}次间隔，${count(fewestShopGaps)}次起按自己的学`
            : `按全店${count(shopGaps)}次间隔学的`
        }${
          missingPurchases > 0
            ? ''
            : calibratedOn > 0
              ? `；用过去${count(calibratedOn)}次预测校准过`
              : '；过去的预测还不够多，没校准过'
        }`,
      needs: (name: string, missing: number): string => `${name}还差${missing}次才能用自己的节奏。`,
      insufficient: (gaps: number): string =>
        `全店才见过${count(gaps)}次复购间隔，还差${Math.max(0, 30 - gaps)}次才能估。`,
      chances: (p7: number, p14: number, p30: number): string =>
        `7天内${percent(p7)}，14天内${percent(p14)}，30天内${percent(p30)}`,
      moreWindows: (n: number): string => `还有${n}个商品`,
      lessWindows: '收起',
      basket: {
        title: '下一单可能有什么',
        note: '下一单里有它的可能',
        empty: '还没买过，没有可推的。',
        isNew: '没买过',
        tryIt: '这些预测在店里准不准',
        chance: (p: number): string => (p < 0.01 ? '不到1%' : p > 0.99 ? '99%以上' : percent(p)),
        builtIn: '按买过的次数和大家的选择估，没用学到的规律。',
        tooLittle: (baskets: number): string =>
          `还没学到规律：只凭自己的${count(baskets)}单和店里到现在的选择估，当参考。`,
        reason: (reason: NextReason, because: string): string => {
          if (reason.code === 'company')
            return `买过${because}的${count(reason.of)}人里，${count(reason.both)}人也买过它`;
          if (reason.code === 'popular') return `${count(reason.customers)}位顾客里${count(reason.owners)}位买过`;
          const since = reason.since === 0 ? '上次就有' : `已有${count(reason.since)}次没买`;
          return `下单的${count(reason.baskets)}天里${count(reason.times)}天买过，${since}`;
        },
      },
      reach: '怎么联系',
      reachNote: '营销类消息',
      sent: (sent: number, bought: number): string => (sent === 0 ? '还没发过' : `发过${sent}次，7天内买了${bought}次`),
      openPromise: (product: string, on: string): string =>
        `有一条承诺没兑现：${on}${product === '' ? '' : `，${product}`}`,
      openComplaint: (product: string, on: string): string =>
        `有一条意见没处理：${on}${product === '' ? '' : `，${product}`}`,
      recent: '最近',
      recentEmpty: '还没有记录。',
      names: (names: readonly string[], more: number): string =>
        names.join('、') + (more > 0 ? `等${names.length + more}样` : ''),
      ordered: (products: string, net: number): string => `下单 ${products}，${money(net)}`,
      refunded: (products: string): string => `退了 ${products}`,
      seconds: (s: number): string => (s >= 60 ? `${Math.round(s / 60)}分钟` : `${Math.round(s)}秒`),
      messaged: {
        planned: '计划发消息',
        'handed-over': '交给人发',
        confirmed: '已发消息',
        refused: '没发成',
        expired: '过期没发',
        'taken-back': '撤回了',
      },
      outcome: { repurchased: '消息后7天内买了', reversed: '退款，结果撤销' },
      rfmWhy: (r: number, f: number, m: number): string => `最近${r}分，次数${f}分，金额${m}分`,
      churnWhy: (ratio: number, recent: number, baseline: number): string =>
        `离上次是节奏的${decimal(ratio)}倍；近30天互动${recent}次，之前每30天${decimal(baseline / 3)}次`,
      churnLearnt: (n: number): string => (n === 0 ? '数据还不够学，先用通用判断' : `从${count(n)}位顾客的去留学来`),
      invite: '看接下来的场次',
    },
    fileName: '顾客',
    saved: (file: string, n: number): string => `已存为${file}，${count(n)}行`,
    notExportedTitle: '没存成',
    notExportedSentence: '数据没取全，没有写出文件。等一下再存一次。',
    tagAdded: (tag: string): string => `已标上${tag}`,
    tagRemoved: (tag: string): string => `已去掉${tag}`,
    tagGivenBack: (tag: string): string => `${tag}交回自动判断`,
    notSavedTitle: '标签没存上',
    notSavedSentence: '原来的都在。等数据打开后再试一次。',
  },
  {
    title: 'Customers',
    total: (n) => plural(n, 'person', 'people'),
    someOf: (n, total) => `${count(n)} of ${plural(total, 'person', 'people')}`,
    sort: 'Sort',
    sorts: {
      next: 'Likeliest within 14 days',
      spent: 'Spent',
      orders: 'Orders',
      recent: 'Last purchase',
      risk: 'Churn risk',
    },
    exportAll: 'Export',
    exportLater: 'Export once read',
    exporting: (done, total) => `${count(done)} of ${count(total)} rows written`,
    toSegment: 'Save as segment',
    filters: 'Filters',
    all: 'All',
    searchLabel: 'Find someone',
    searchHint: 'Name, pinyin initials, last digits',
    due: 'Due to reorder today',
    overdue: 'Past the window',
    tag: 'Interest',
    channel: 'Channel',
    stage: 'Stage',
    any: 'Any',
    byRule: 'By segment rule',
    byProduct: (name) => `Product: ${name}`,
    columns: {
      customer: 'Customer',
      rfm: 'Group',
      spent: 'Spent',
      orders: 'Orders',
      last: 'Last',
      next: 'What next, and when',
      within14: '14 days',
    },
    list: 'List of customers',
    shown: (from, to, n) => `${count(from)}–${count(to)} of ${count(n)}`,
    computed: (time, ms) => `computed at ${time} in ${ms < 1 ? 'under 1' : count(Math.round(ms))}\u00a0ms`,
    legend: { own: 'Own history', prior: 'Category prior', overdue: 'Past the window' },
    nobodyTitle: 'Nobody like this',
    nobodySentence: 'Take one filter away and look again.',
    clear: 'Clear all filters',
    emptyTitle: 'No customers yet',
    emptySentence: 'Import an order file and see within a minute who is due to reorder.',
    emptyAct: 'Import orders',
    emptyReader: 'They appear here once an operator has imported orders.',
    emptyReaderAct: 'See the broadcasts',
    loading: 'Opening customer data',
    failedTitle: 'Customer data did not open',
    failedSentence: 'All orders are still here. Reload this page; if that does not help, export a backup.',
    never: 'never',
    card: {
      label: 'Customer card',
      close: 'Close customer card',
      gone: 'This customer’s records were withdrawn or merged into another person.',
      spent: 'spent, net of refunds',
      lastOrder: (when) => (when === '' ? 'no order yet' : `last ${when}`),
      interval: 'own cycle',
      shopInterval: 'usual cycle of the shop',
      days: (n) => `${decimal(n)}\u00a0days`,
      risk: 'churn risk, 60 days',
      noRisk: 'no order, nothing to lose',
      why: 'Why',
      tags: 'Interests',
      addTag: 'Add a tag',
      tagName: 'Tag',
      noTags: 'No tags yet',
      byHand: 'by hand',
      giveBack: (tag) => `${tag}: let the machine decide`,
      removedTags: 'Removed by hand',
      tagWhy: (score, onAt, offBelow) => `Score ${decimal(score)}; turns on at ${onAt}, off below ${offBelow}`,
      tagEvent: (kind, product, on, weight) =>
        `${day(on)}: ${{ watch: 'viewed', click: 'clicked', add: 'added', buy: 'bought' }[kind]} ${product}, still worth ${decimal(weight)}`,
      next: 'What next',
      nextNote: 'the middle 80% falls inside the bar',
      nextEmpty: 'No purchase yet, so no rhythm to go by.',
      whyProduct: (product) => `Why ${product}: `,
      gaps: (n, gaps) => `${plural(n, 'purchase')}, ${gaps.slice(-8).join(', ')} days apart`,
      once: (n) => `${n} ${n === 1 ? 'purchase' : 'purchases'}`,
      last: (on, milli) => `last on ${day(on)}, ${decimal(milli / 1000)} bought`,
      leftOut: (n) => `${n} refunded, gift or test ${n === 1 ? 'line' : 'lines'} left out`,
      factors: (plain, expected, season, stockUp) =>
        `this time ${decimal(plain)} → ${decimal(expected)} days: ${[
          ...(season === 1 ? [] : [`season × ${season}`]),
          ...(stockUp === 1 ? [] : [`${stockUp > 1 ? 'bought more last time' : 'bought less last time'} × ${stockUp}`]),
        ].join(', ')}`,
      own: (n, counted) => `own history, ${plural(n, 'purchase')}: ${decimal(counted)} days are counted`,
      prior: (of, days, gaps, counted) =>
        `for now by ${{ product: 'this product', category: 'its category', shop: 'the whole shop' }[of]}: usually ${decimal(days)} days${gaps > 0 ? `, from ${count(gaps)} of its intervals` : ''}; after so few purchases, ${decimal(counted)} days are counted`,
      behind: ({ returns, shopGaps, calibratedOn, missingPurchases }) =>
        `${percent(returns)} of such purchases are taken to have a next one: ${
          shopGaps < fewestShopGaps
            ? `built-in figures, as the whole shop has shown ${plural(shopGaps, 'interval')} and ${count(fewestShopGaps)} are needed`
            : `learnt from the ${count(shopGaps)} intervals of the whole shop`
        }${
          missingPurchases > 0
            ? ''
            : calibratedOn > 0
              ? `; corrected by ${count(calibratedOn)} forecasts of the past`
              : '; too few forecasts of the past to correct it by'
        }`,
      needs: (name, missing) =>
        `${name}: ${missing} more ${missing === 1 ? 'purchase' : 'purchases'} until the own cycle can be used.`,
      insufficient: (gaps) =>
        `The shop has shown ${count(gaps)} intervals so far; ${Math.max(0, 30 - gaps)} more are needed to estimate.`,
      chances: (p7, p14, p30) => `within 7 days ${percent(p7)}, 14 days ${percent(p14)}, 30 days ${percent(p30)}`,
      moreWindows: (n) => (n === 1 ? '1 more product' : `${n} more products`),
      lessWindows: 'Show fewer',
      basket: {
        title: 'In the next order',
        note: 'chance that it is in the next order',
        empty: 'Nothing bought yet, so nothing to suggest.',
        isNew: 'not bought yet',
        tryIt: 'How well these forecasts do here',
        chance: (p) => (p < 0.01 ? 'under 1%' : p > 0.99 ? 'over 99%' : percent(p)),
        builtIn: 'Judged by how often they bought it and by what people choose, without what was learnt.',
        tooLittle: (baskets) =>
          `Nothing learnt yet: judged by their own ${plural(baskets, 'order')} and what was chosen in this shop so far; a hint, no more.`,
        reason: (reason, because) => {
          if (reason.code === 'company')
            return `${count(reason.both)} of ${count(reason.of)} who bought ${because} bought it too`;
          if (reason.code === 'popular')
            return `${count(reason.owners)} of ${count(reason.customers)} customers have bought it`;
          const since =
            reason.since === 0
              ? 'the last too'
              : reason.since === 1
                ? 'not on the last'
                : `not on the last ${count(reason.since)}`;
          return `On ${count(reason.times)} of ${reason.baskets === 1 ? '1 day' : `${count(reason.baskets)} days`} with orders, ${since}`;
        },
      },
      reach: 'How to reach',
      reachNote: 'marketing messages',
      sent: (sent, bought) => (sent === 0 ? 'nothing sent yet' : `${sent} sent, ${bought} bought within 7 days`),
      openPromise: (product, on) => `A promise is still open: ${on}${product === '' ? '' : `, ${product}`}`,
      openComplaint: (product, on) => `A complaint is still open: ${on}${product === '' ? '' : `, ${product}`}`,
      recent: 'Recent',
      recentEmpty: 'Nothing recorded yet.',
      names: (names, more) => names.join(', ') + (more > 0 ? ` and ${more} more` : ''),
      ordered: (products, net) => `Ordered ${products}, ${money(net)}`,
      refunded: (products) => `Refunded ${products}`,
      seconds: (s) => (s >= 60 ? `${Math.round(s / 60)}\u00a0min` : `${Math.round(s)}\u00a0s`),
      messaged: {
        planned: 'Message planned',
        'handed-over': 'Handed to a person',
        confirmed: 'Message sent',
        refused: 'Not sent',
        expired: 'Expired unsent',
        'taken-back': 'Taken back',
      },
      outcome: {
        repurchased: 'Bought within 7 days of the message',
        reversed: 'Refunded, outcome reversed',
      },
      rfmWhy: (r, f, m) => `recency ${r}, frequency ${f}, money ${m} of 5`,
      churnWhy: (ratio, recent, baseline) =>
        `${decimal(ratio)} times the own cycle since the last purchase; ${recent} acts in 30 days against ${decimal(baseline / 3)} before`,
      churnLearnt: (n) =>
        n === 0
          ? 'not enough data to learn from yet, built-in weights'
          : `learnt from ${plural(n, 'customer')} who stayed or left`,
      invite: 'See coming broadcasts',
    },
    fileName: 'customers',
    saved: (file, n) => `Saved as ${file}, ${plural(n, 'row')}`,
    notExportedTitle: 'Not saved',
    notExportedSentence: 'Not all of it could be fetched, so no file was written. Try again in a moment.',
    tagAdded: (tag) => `${tag} added`,
    tagRemoved: (tag) => `${tag} removed`,
    tagGivenBack: (tag) => `${tag}: the machine decides again`,
    notSavedTitle: 'The tag was not saved',
    notSavedSentence: 'Everything from before is still here. Try again when the data has opened.',
  },
);
