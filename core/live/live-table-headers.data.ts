/**
 * What platforms call the columns of their live tables (巨量百应, 视频号直播, 罗盘; seen November 2026) and of comment
 * exports. Compared without spaces, brackets and letter case; the first match wins.
 */
export const tableHeaders = {
  time: ['时间', '时间段', '统计时间', '时刻', '分钟', 'time', 'minute', 'timestamp'],
  product: ['商品', '商品名称', '商品标题', '商品id', '商品编码', '商品信息', 'product', 'productname', 'sku', 'item'],
  views: [
    '商品曝光人数',
    '商品曝光次数',
    '直播间商品曝光人数',
    '曝光人数',
    '曝光次数',
    '曝光',
    '商品曝光',
    'views',
    'exposures',
    'impressions',
  ],
  clicks: ['商品点击人数', '商品点击次数', '直播间商品点击人数', '点击人数', '点击次数', '点击', '商品点击', 'clicks'],
  adds: ['加购人数', '加购次数', '加购件数', '加购', 'adds', 'addtocart'],
  orders: [
    '成交订单数',
    '成交人数',
    '成交件数',
    '直播间成交人数',
    '订单数',
    '支付订单数',
    '订单',
    '成交单数',
    '成交',
    'orders',
    'ordercount',
  ],
  amount: [
    '成交金额',
    '直播间成交金额',
    '直播间用户支付金额',
    '用户支付金额',
    '支付金额',
    '销售额',
    '金额',
    'amount',
    'gmv',
    'sales',
    'revenue',
  ],
  viewers: ['实时在线人数', '在线人数', '平均在线人数', '直播间观看人数', '观看人数', '在线', 'viewers', 'online'],
  comments: ['直播间评论次数', '评论次数', '评论数', '评论', 'comments'],
} as const;
export type TableColumn = keyof typeof tableHeaders;

/** `#` is a list's running number, `合计` a sum: such rows are not products. */
export const sumRowWords: readonly string[] = ['合计', '总计', '汇总', 'total'];

/** `1.2万` is 12,000. */
export const numberSuffixes: Readonly<Record<string, number>> = {
  万: 10_000,
  w: 10_000,
  k: 1000,
  千: 1000,
  亿: 100_000_000,
};

export const comma = /[,，]/;
export const countNoise = /[,，\s]/g;
export const moneyNoise = /[,，\s¥￥元]/g;
export const headerNoise = /[\s()（）/_-]/g;
/** The end of a cell that holds a time, with a date before it or not; `20:30-20:40` is read by its end. */
export const timeInCell = /(?:(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?[ T])?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
