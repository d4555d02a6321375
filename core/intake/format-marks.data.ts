/** Columns that together give a platform away, the most particular format first. Source: capabilities section 3. */
import { unknownChannel } from '../units/unknown-channel.ts';
import type { OrderFormat } from './mapping.ts';

export const formatMarks: readonly { readonly format: OrderFormat; readonly marks: readonly string[] }[] = [
  { format: 'wechat-shop-c', marks: ['订单号', '商品编码(平台)', '商品属性', '企业微信加密id'] },
  { format: 'wechat-shop-b', marks: ['订单号', '商品编码(平台)', '商品属性', '商品实际价格(总共)'] },
  { format: 'wechat-shop-a', marks: ['订单号', '商品编码(平台)', '商品属性', '订单实际支付金额'] },
  { format: 'shopify', marks: ['name', 'financialstatus', 'lineitemquantity', 'lineitemname'] },
  { format: 'online-retail', marks: ['invoiceno', 'stockcode', 'quantity', 'unitprice'] },
];

/** What orders of a format count as when no column names a shop or a channel. */
export const formatChannels: Readonly<Record<OrderFormat, string>> = {
  generic: unknownChannel,
  'wechat-shop-a': unknownChannel,
  'wechat-shop-b': unknownChannel,
  'wechat-shop-c': unknownChannel,
  shopify: 'web',
  'online-retail': 'web',
};

/** Orders of two formats of one platform are the same orders. */
export const formatShops: Readonly<Record<OrderFormat, string>> = {
  generic: 'orders',
  'wechat-shop-a': 'wechat-shop',
  'wechat-shop-b': 'wechat-shop',
  'wechat-shop-c': 'wechat-shop',
  shopify: 'shopify',
  'online-retail': 'online-retail',
};
