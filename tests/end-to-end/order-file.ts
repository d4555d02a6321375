/** Order files as a shop would export them, made by the test from a seed: names are invented. */
const products = [
  ['鲜牛奶 950ml×6', 'NB-1001', 69],
  ['高筋面粉 5kg', 'NB-2001', 46],
  ['动物黄油 454g', 'NB-2002', 42],
  ['即食鸡胸肉 10袋', 'NB-3001', 59],
  ['婴儿配方奶粉 2段 800g', 'NB-4001', 238],
] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-07-03 20:15:00`, counted in days back from 20 November 2026. */
const timeText = (daysAgo: number, minute: number): string => {
  const at = new Date(Date.UTC(2026, 10, 20) - daysAgo * 86_400_000);
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(9 + (minute % 12))}:${two(minute % 60)}:00`;
};

/** Each customer buys one product on a rhythm of their own, `customers` x about 8 lines. */
export const wechatShopFile = (customers: number): string => {
  const header =
    '订单号,订单下单时间,支付时间,订单状态,收件人姓名,收件人手机,买家备注,订单实际支付金额,商品名称,商品编码(自定义),商品数量,商品实际价格(总共),商品已退款金额,礼物单号,企业微信加密id';
  const rows: string[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const cycle = 9 + (customer % 17);
    const [name, code, price] = products[customer % products.length] ?? products[0];
    for (let daysAgo = 150 - (customer % 20); daysAgo > 0; daysAgo -= cycle) {
      const time = timeText(daysAgo, customer);
      const order = `3700${two(customer % 100)}${String(customer).padStart(5, '0')}${String(daysAgo).padStart(3, '0')}`;
      rows.push(
        `"\t${order}",${time},${time},已完成,顾客${customer},138****${String(customer).padStart(4, '0')},,${price}.00,${name},${code},1,${price}.00,0.00,-,wmLARDER${String(customer).padStart(6, '0')}`,
      );
    }
  }
  return `\ufeff${header}\r\n${rows.join('\r\n')}\r\n`;
};
