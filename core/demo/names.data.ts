/**
 * Invented people and what they say. Surnames and given syllables are common ones combined by chance; nobody is meant.
 * Written for Larder, November 2026.
 */
export const surnames: readonly string[] =
  '李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'.split(
    '',
  );
export const givenFirst: readonly string[] =
  '素晓建一美海子慧立文雪国琳芳志佳嘉梅静丽欣薇雨思若梓诗雅婉春秀玉桂红艳丹倩颖洁敏燕娜莉岚月明宇浩俊伟强磊军洋勇杰涛超明刚平辉鹏华飞'.split(
    '',
  );
export const givenSecond: readonly string[] = [
  '',
  '',
  '芬',
  '雯',
  '国',
  '诺',
  '玲',
  '燕',
  '轩',
  '静',
  '群',
  '雪',
  '栋',
  '怡',
  '涵',
  '萱',
  '琪',
  '瑶',
  '婷',
  '妍',
  '宁',
  '霞',
  '英',
  '芸',
  '云',
  '花',
  '兰',
  '明',
  '华',
  '杰',
  '辉',
  '峰',
  '波',
  '龙',
  '娟',
  '珍',
  '莲',
  '丽',
  '凤',
  '然',
  '彤',
  '悦',
  '琴',
  '香',
  '梦',
];
export const nickPrefixes: readonly string[] = [
  '爱吃',
  '小厨',
  '早起的',
  '爱烤面包的',
  '会过日子的',
  '健身的',
  '二宝',
  '大宝',
  '阳台种菜的',
  '不吃香菜的',
];
export const nickSuffixes: readonly string[] = [
  '妈妈',
  '阿姨',
  '小姐姐',
  '爸爸',
  '姐',
  '同学',
  '老师',
  '麻麻',
  '小王',
  '阿芸',
];

/** Questions by product group, then chatter that belongs to none. `#` is replaced by the product's name. */
export const productQuestions: Readonly<Record<string, readonly string[]>> = {
  乳品: ['#能冻吗', '#保质期多久啊', '孩子能喝#吗', '#含不含糖'],
  烘焙: ['#做吐司行不行', '#开封怎么保存', '新手用#会不会翻车', '#可以打发吗'],
  轻食: ['#热量高吗', '减脂期能吃#吗', '#一份多少蛋白质', '#要加热吗'],
  肉类: ['#适合炖吗', '#要焯水吗', '#一份够几个人吃', '#是原切的吗'],
  蔬果: ['#甜不甜', '#坏了赔吗', '#今天发货吗', '#放冰箱吗'],
  速冻: ['#煮多久', '#皮厚不厚', '#哪种馅好吃'],
  零食: ['#辣不辣', '#小孩能吃吗', '#一箱几包'],
  粮油: ['#是新米吗', '#炒菜能用吗', '#怎么保存'],
  婴配: ['#适合几个月', '#一罐喝几天', '换#怎么转'],
};
export const chatter: readonly string[] = [
  '来了来了',
  '主播好',
  '上次买的好吃',
  '已下单',
  '等福袋',
  '今天有优惠吗',
  '老顾客打卡',
  '家里刚吃完',
  '快递好快',
  '想看做法',
  '晚上好',
  '链接在哪',
];

/** The tag that people corrected by hand. */
export const markedTag = '烘焙爱好者';

/** How people say a product they do not name. */
export const unnamedProduct = '这个';
