/** Order states as the platforms write them. Sources: capabilities section 3; November 2026. */
import type { LineStatus } from './candidate-line.ts';

export const statusWords: readonly (readonly [LineStatus, readonly string[]])[] = [
  ['created', ['待付款', '未付款', '待支付', '未支付', 'pending', 'unpaid', 'authorized', 'created', 'expired']],
  [
    'paid',
    [
      '待发货',
      '已付款',
      '已支付',
      '备货中',
      '待收单',
      '支付成功',
      'paid',
      'processing',
      'unfulfilled',
      '待提货',
      '待核销',
      '待成团',
      '已接单',
    ],
  ],
  [
    'shipped',
    ['已发货', '待收货', '部分发货', '配送中', '运输中', '已出库', 'shipped', 'fulfilled', 'partial', 'intransit'],
  ],
  [
    'done',
    [
      '已完成',
      '交易成功',
      '已收货',
      '已签收',
      '完成',
      '已核销',
      '已提货',
      '交易完成',
      '已结算',
      '待评价',
      'done',
      'completed',
      'complete',
      'delivered',
      'finished',
    ],
  ],
  [
    'closed',
    [
      '已关闭',
      '已取消',
      '交易关闭',
      '订单取消',
      '取消',
      '超时关闭',
      'closed',
      'cancelled',
      'canceled',
      'voided',
      'void',
      'failed',
      // A test order is nobody's purchase: it is kept, and counts as one that was never paid.
      '测试',
      '测试单',
      '测试订单',
      'test',
      'testorder',
    ],
  ],
  ['partially-refunded', ['部分退款', '部分退款成功', 'partiallyrefunded', 'partially_refunded']],
  [
    'refunded',
    [
      '已退款',
      '退款成功',
      '全额退款',
      '全部退款',
      '退货退款成功',
      '退款完成',
      '售后完成',
      '已全额退款',
      'refunded',
      'returned',
    ],
  ],
];

/** After-sale words that mean money went back for the whole line. */
export const refundDoneWords: readonly string[] = [
  '退款成功',
  '已全额退款',
  '退款完成',
  '退货退款成功',
  '全额退款',
  '退款退货成功',
  'refunded',
];

/** Where an order came from, in our own words; anything else stays as written. */
export const channelWords: readonly (readonly [channel: string, words: readonly string[]])[] = [
  ['live', ['直播', '视频号直播', '直播间', '直播带货', 'live', 'livestream']],
  ['mini-program', ['小程序', '小程序商城', '微信小程序', 'mini-program', 'miniprogram', 'weapp']],
  ['community', ['社群', '群接龙', '快团团', '团购', 'community', 'group']],
  ['wecom', ['企微', '企业微信', '导购', 'wecom']],
  ['pos', ['门店', '线下', '收银', 'pos', 'store', 'offline']],
  ['web', ['web', '网站', 'online', 'onlinestore']],
];

/** A buyer's word on being written to. */
export const consentWords: readonly (readonly [state: 'granted' | 'refused', words: readonly string[]])[] = [
  [
    'granted',
    [
      '是',
      '同意',
      '已同意',
      '接受',
      '已接受',
      '已授权',
      '订阅',
      '已订阅',
      'yes',
      'y',
      'true',
      '1',
      'subscribed',
      'agreed',
      'granted',
    ],
  ],
  [
    'refused',
    [
      '否',
      '不',
      '不同意',
      '未同意',
      '拒绝',
      '已拒绝',
      '不接受',
      '未接受',
      '未授权',
      '未订阅',
      '退订',
      '已退订',
      'no',
      'n',
      'false',
      '0',
      'unsubscribed',
      'notsubscribed',
      'declined',
      'refused',
    ],
  ],
];

/** Cells that say yes in a gift column; a gift order's number says it too. */
export const noWords: readonly string[] = ['否', 'no', 'false', '0', 'n', '非礼物'];
