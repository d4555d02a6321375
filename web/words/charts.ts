import { phrases } from './phrases.svelte.ts';

export const chartsWords = phrases(
  {
    table: '表格',
    picture: 'PNG',
    pictureTitle: '存成图片',
    csv: '存CSV',
    titleWithUnit: (title: string, unit: string) => `${title}（${unit}）`,
    seriesWithUnit: (name: string, unit: string) => `${name}（${unit}）`,
    notMeasured: '没有数',
    /** Read out in the place of the drawing. */
    says: (title: string, first: string, last: string, low: string, high: string) =>
      `${title}：从${first}到${last}，最低${low}，最高${high}。打开表格看每个数。`,
    opens: (label: string, series: string, value: string) => `${label}${series ? `，${series}` : ''}：${value}，打开`,
    point: (label: string, value: string, unit: string) => `${label} ${value}${unit}`,
    value: (value: string, unit: string) => `${value}${unit}`,
  },
  {
    table: 'Table',
    picture: 'PNG',
    pictureTitle: 'Save as a picture',
    csv: 'Save CSV',
    titleWithUnit: (title: string, unit: string) => `${title} (${unit})`,
    seriesWithUnit: (name: string, unit: string) => `${name} (${unit})`,
    notMeasured: 'no figure',
    says: (title: string, first: string, last: string, low: string, high: string) =>
      `${title}: from ${first} to ${last}, lowest ${low}, highest ${high}. Open the table for every figure.`,
    opens: (label, series, value) => `${label}${series ? `, ${series}` : ''}: ${value}, open`,
    point: (label: string, value: string, unit: string) => `${label} ${value}\u00a0${unit}`,
    value: (value: string, unit: string) => `${value}\u00a0${unit}`,
  },
);
