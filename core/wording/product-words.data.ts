/** How content for customers and hosts names a product's fields. By hand, 22 November 2026. */
export const fieldNames = { name: '商品', price: '价格', pack: '规格', storage: '储存', shelfLife: '保质期' };

export const storageWords = { ambient: '常温', cool: '阴凉', chilled: '冷藏', frozen: '冷冻' };

export const packUnitWords = { g: '克', kg: '公斤', ml: '毫升', l: '升', piece: '件', serving: '份', day: '天' };
