/**
 * The demo brand's assortment. Invented for Larder, November 2026; prices and packs follow the pictures of the design.
 * Every fact is one a host may quote, so none claims what an advertisement may not.
 */
import type { DemoProduct } from './demo-product.ts';

const winterBerries = [1.7, 1.6, 1.2, 0.7, 0.3, 0.2, 0.2, 0.2, 0.3, 0.5, 1.1, 1.8];
const summerSalad = [0.6, 0.7, 0.9, 1.1, 1.4, 1.5, 1.5, 1.4, 1.1, 0.8, 0.6, 0.6];
const festivalBaking = [1.5, 0.9, 0.9, 0.8, 0.8, 0.8, 0.7, 1.1, 1.6, 1.0, 1.0, 1.3];
const winterStew = [1.4, 1.3, 1.1, 0.9, 0.8, 0.7, 0.7, 0.7, 0.9, 1.1, 1.3, 1.4];

const baking = '烘焙爱好者';
const fitness = '健身轻食派';
const infant = '宝宝辅食关注者';
const dairy = '乳品常备家';
const meat = '肉禽海鲜党';
const vegetables = '鲜蔬囤货人';
const fruit = '鲜果尝鲜人';
const quick = '懒人快手菜';
const staples = '粮油常备家';
const snack = '零食爱好者';

export const demoProducts: readonly DemoProduct[] = [
  { id: 'fresh-milk', items: ['NP-MILK-950X6', '鲜牛奶 950ml×6'], name: '鲜牛奶 950ml×6', category: '乳品', tags: [dairy], packMilli: 5_700_000, packUnit: 'ml', storage: 'chilled', shelfLifeDays: 15, priceFen: 6900, facts: { 产地: '内蒙古呼伦贝尔牧场', 杀菌: '75℃ 15秒巴氏杀菌', 储存: '2–6℃冷藏，开封后48小时内喝完', 蛋白质: '每100ml 3.6g', 吃法: '不建议冷冻，可直接饮用或温热到60℃' }, cycleDays: 9, appeal: { family: 1, baker: 0.55, fitness: 0.5, infant: 0.8, snacker: 0.25 } },
  { id: 'plain-yogurt', items: ['NP-YOG-12'], name: '无糖酸奶 12杯', category: '乳品', tags: [dairy, fitness], packMilli: 1_620_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 21, priceFen: 5200, facts: { 配料: '生牛乳、菌种两样', 糖: '不额外加糖，每100g含乳糖4.1g', 储存: '2–6℃冷藏', 规格: '135g×12杯' }, cycleDays: 12, appeal: { family: 0.5, fitness: 1, baker: 0.3, infant: 0.3, snacker: 0.3 } },
  { id: 'kids-cheese', items: ['NP-CHEESE-KID'], name: '儿童奶酪棒 20支', category: '乳品', tags: [dairy, infant], packMilli: 400_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 120, priceFen: 4900, facts: { 干酪: '干酪添加量51%', 储存: '2–10℃冷藏', 适合: '3岁以上，需大人看着吃' }, cycleDays: 16, appeal: { family: 0.45, infant: 0.6 } },
  { id: 'animal-butter', items: ['NP-BUTTER-454', '动物黄油 454g'], name: '动物黄油 454g', category: '烘焙', tags: [baking], packMilli: 454_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 365, priceFen: 5200, facts: { 配料: '稀奶油一样', 脂肪: '乳脂82%', 储存: '−18℃冷冻，用前冷藏过夜', 吃法: '开酥前室温放到手指能按动' }, cycleDays: 24, appeal: { baker: 1, family: 0.12 }, season: festivalBaking },
  { id: 'whipping-cream', items: ['NP-CREAM-1L'], name: '稀奶油 1L', category: '烘焙', tags: [baking], packMilli: 1_000_000, packUnit: 'ml', storage: 'chilled', shelfLifeDays: 90, priceFen: 4600, facts: { 脂肪: '乳脂35%', 储存: '2–6℃冷藏，不能冷冻', 吃法: '打发前冷藏12小时，盆也冰一下' }, cycleDays: 18, appeal: { baker: 0.75 }, season: festivalBaking },
  { id: 'bread-flour', items: ['NP-FLOUR-BREAD-5', '高筋面粉 5kg'], name: '高筋面粉 5kg', category: '烘焙', tags: [baking], packMilli: 5_000_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 365, priceFen: 4200, facts: { 产地: '河套平原硬质小麦', 蛋白质: '每100g 13.2g', 储存: '阴凉干燥，开封后扎紧', 吃法: '吐司水量约65%' }, cycleDays: 30, appeal: { baker: 1, family: 0.15 }, season: festivalBaking },
  { id: 'cake-flour', items: ['NP-FLOUR-CAKE-25'], name: '低筋面粉 2.5kg', category: '烘焙', tags: [baking], packMilli: 2_500_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 365, priceFen: 2600, facts: { 蛋白质: '每100g 8.1g', 储存: '阴凉干燥', 吃法: '戚风过筛两遍' }, cycleDays: 32, appeal: { baker: 0.7 }, season: festivalBaking },
  { id: 'dry-yeast', items: ['NP-YEAST-100'], name: '耐高糖酵母 100g', category: '烘焙', tags: [baking], packMilli: 100_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 540, priceFen: 1500, facts: { 储存: '开封后密封冷藏', 用量: '每500g面粉约5g' }, cycleDays: 45, appeal: { baker: 0.5 } },
  { id: 'dark-chocolate', items: ['NP-CHOCO-1'], name: '黑巧克力币 1kg', category: '烘焙', tags: [baking], packMilli: 1_000_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 540, priceFen: 8600, facts: { 可可: '可可含量58%', 储存: '18–22℃避光', 吃法: '隔水加热不超过50℃' }, cycleDays: 40, appeal: { baker: 0.45, snacker: 0.15 } },
  { id: 'brown-sugar', items: ['NP-SUGAR-500'], name: '古法红糖 500g', category: '烘焙', tags: [staples], packMilli: 500_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 540, priceFen: 2200, facts: { 产地: '云南弥勒', 配料: '甘蔗一样', 储存: '阴凉干燥' }, cycleDays: 38, appeal: { baker: 0.3, family: 0.25 }, season: winterStew },
  { id: 'rolled-oats', items: ['NP-OATS-1200', '有机燕麦片 1.2kg'], name: '有机燕麦片 1.2kg', category: '轻食', tags: [fitness], packMilli: 1_200_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 360, priceFen: 4600, facts: { 产地: '河北张家口坝上', 膳食纤维: '每100g 9.5g', 储存: '开封后密封', 吃法: '牛奶煮3分钟或隔夜冷泡' }, cycleDays: 17, appeal: { family: 0.5, fitness: 1, infant: 0.2, snacker: 0.1 } },
  { id: 'chicken-breast', items: ['NP-CHICKEN-10'], name: '即食鸡胸肉 10袋', category: '轻食', tags: [fitness], packMilli: 1_000_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 60, priceFen: 5900, facts: { 蛋白质: '每100g 24g', 储存: '0–4℃冷藏', 口味: '黑椒、原味、柠檬各半', 吃法: '开袋即食，微波30秒' }, cycleDays: 11, appeal: { fitness: 1, snacker: 0.08 } },
  { id: 'protein-bar', items: ['NP-PBAR-12'], name: '蛋白棒 12支', category: '轻食', tags: [fitness], packMilli: 540_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 270, priceFen: 7800, facts: { 蛋白质: '每支15g', 储存: '阴凉', 规格: '45g×12支' }, cycleDays: 15, appeal: { fitness: 0.7, snacker: 0.15 } },
  { id: 'salad-dressing', items: ['NP-DRESS-3'], name: '低脂沙拉汁 3瓶', category: '轻食', tags: [fitness], packMilli: 780_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 270, priceFen: 3600, facts: { 脂肪: '每100g 2.4g', 口味: '油醋、焙煎芝麻、日式柚子', 储存: '开封后冷藏，30天内吃完' }, cycleDays: 21, appeal: { fitness: 0.7 }, season: summerSalad },
  { id: 'salad-greens', items: ['NP-GREENS-6'], name: '混合沙拉菜 6盒', category: '蔬果', tags: [fitness, vegetables], packMilli: 900_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 6, priceFen: 4500, facts: { 产地: '昆明晋宁基地', 储存: '2–6℃冷藏，尽快吃', 吃法: '洗净沥干再拌' }, cycleDays: 8, appeal: { fitness: 0.75, family: 0.1 }, season: summerSalad },
  { id: 'soba-noodles', items: ['NP-SOBA-6'], name: '荞麦面 6袋', category: '轻食', tags: [fitness], packMilli: 1_200_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 300, priceFen: 3900, facts: { 荞麦: '荞麦粉占30%', 吃法: '水开煮4分钟过凉' }, cycleDays: 20, appeal: { fitness: 0.5, family: 0.1 }, season: summerSalad },
  { id: 'quinoa-bowl', items: ['NP-QUINOA-8'], name: '藜麦鸡肉饭 8盒', category: '轻食', tags: [fitness, quick], packMilli: 2_400_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 270, priceFen: 10800, facts: { 能量: '每盒约390千卡', 储存: '−18℃冷冻', 吃法: '微波5分钟' }, cycleDays: 13, appeal: { fitness: 0.5, snacker: 0.1 } },
  { id: 'beef-brisket', items: ['NP-BEEF-BR-1', '原切牛腩 1kg'], name: '原切牛腩 1kg', category: '肉类', tags: [meat], packMilli: 1_000_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 365, priceFen: 5900, facts: { 产地: '内蒙古锡林郭勒', 部位: '腹部肋条', 储存: '冷冻−18℃，保质365天', 吃法: '炖90分钟', 分量: '1kg约4人份' }, cycleDays: 18, appeal: { family: 0.8, fitness: 0.15, snacker: 0.1 }, season: winterStew },
  { id: 'lamb-rolls', items: ['NP-LAMB-500X2'], name: '羔羊肉卷 500g×2', category: '肉类', tags: [meat], packMilli: 1_000_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 365, priceFen: 8900, facts: { 产地: '锡林郭勒苏尼特', 储存: '−18℃冷冻', 吃法: '涮15秒' }, cycleDays: 22, appeal: { family: 0.45, snacker: 0.15 }, season: winterStew },
  { id: 'pork-ribs', items: ['NP-PORK-RIB-1'], name: '黑猪肋排 1kg', category: '肉类', tags: [meat], packMilli: 1_000_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 365, priceFen: 7800, facts: { 产地: '吉林蛟河', 储存: '−18℃冷冻', 吃法: '焯水后炖60分钟' }, cycleDays: 20, appeal: { family: 0.5 } },
  { id: 'salmon-pieces', items: ['NP-SALMON-600'], name: '三文鱼块 600g', category: '肉类', tags: [meat], packMilli: 600_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 365, priceFen: 8800, facts: { 产地: '挪威', 储存: '−18℃冷冻', 吃法: '需加热到中心熟透', 规格: '独立小包100g×6' }, cycleDays: 16, appeal: { fitness: 0.45, infant: 0.4, family: 0.15 } },
  { id: 'free-range-eggs', items: ['NP-EGG-30'], name: '谷物鸡蛋 30枚', category: '肉类', tags: [staples], packMilli: 30_000, packUnit: 'piece', storage: 'chilled', shelfLifeDays: 30, priceFen: 3900, facts: { 产地: '辽宁北镇', 储存: '冷藏尖头朝下', 规格: '每枚约53g' }, cycleDays: 12, appeal: { family: 0.75, baker: 0.7, fitness: 0.6, infant: 0.4 } },
  { id: 'dumplings-trio', items: ['NP-DUMP-3'], name: '手工水饺 三种馅', category: '速冻', tags: [quick], packMilli: 1_500_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 180, priceFen: 6600, facts: { 馅料: '韭菜虾仁、白菜猪肉、胡萝卜牛肉', 储存: '−18℃冷冻', 吃法: '水开下锅，点三次凉水' }, cycleDays: 15, appeal: { family: 0.6, snacker: 0.25 }, season: [1.8, 1.2, 0.9, 0.9, 0.8, 0.8, 0.8, 0.8, 0.9, 1, 1.1, 1.5] },
  { id: 'scallion-pancake', items: ['NP-PANCAKE-20'], name: '葱油饼 20片', category: '速冻', tags: [quick], packMilli: 1_800_000, packUnit: 'g', storage: 'frozen', shelfLifeDays: 270, priceFen: 3300, facts: { 储存: '−18℃冷冻', 吃法: '平底锅不用加油，每面90秒' }, cycleDays: 18, appeal: { family: 0.45, snacker: 0.2 } },
  { id: 'cherry-tomatoes', items: ['NP-TOM-2500', '高山小番茄 2.5kg'], name: '高山小番茄 2.5kg', category: '蔬果', tags: [vegetables], packMilli: 2_500_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 10, priceFen: 3900, facts: { 产地: '云南元谋海拔1600米', 糖度: '抽检9.2度', 储存: '10℃左右，不必冷藏', 吃法: '生吃或炖牛腩最后十分钟下锅' }, cycleDays: 10, appeal: { family: 0.6, fitness: 0.5, infant: 0.2, snacker: 0.2 } },
  { id: 'strawberries', items: ['NP-STRAW-1500'], name: '红颜草莓 1.5kg', category: '蔬果', tags: [fruit], packMilli: 1_500_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 4, priceFen: 7900, facts: { 产地: '辽宁丹东东港', 储存: '2–6℃冷藏，三天内吃完', 配送: '杭州次日达' }, cycleDays: 12, appeal: { family: 0.5, baker: 0.35, snacker: 0.4, infant: 0.2 }, season: winterBerries },
  { id: 'blueberries', items: ['NP-BLUE-6'], name: '蓝莓 6盒', category: '蔬果', tags: [fruit], packMilli: 750_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 7, priceFen: 6800, facts: { 产地: '云南红河', 果径: '15mm以上', 储存: '2–6℃冷藏' }, cycleDays: 11, appeal: { infant: 0.5, fitness: 0.4, family: 0.3 } },
  { id: 'family-vegetables', items: ['NP-VEG-BOX'], name: '家庭蔬菜箱 5kg', category: '蔬果', tags: [vegetables], packMilli: 5_000_000, packUnit: 'g', storage: 'chilled', shelfLifeDays: 7, priceFen: 5600, facts: { 内容: '叶菜3样、根茎3样、菌菇1样', 产地: '山东寿光', 储存: '叶菜三天内吃完' }, cycleDays: 7.5, appeal: { family: 0.65, infant: 0.3, fitness: 0.2 } },
  { id: 'sweet-corn', items: ['NP-CORN-10'], name: '甜玉米 10根', category: '蔬果', tags: [vegetables], packMilli: 10_000, packUnit: 'piece', storage: 'chilled', shelfLifeDays: 14, priceFen: 3200, facts: { 产地: '吉林公主岭', 储存: '真空常温避光', 吃法: '上汽蒸12分钟' }, cycleDays: 14, appeal: { family: 0.35, infant: 0.35, fitness: 0.2 }, season: summerSalad },
  { id: 'beibei-pumpkin', items: ['NP-PUMP-5'], name: '贝贝南瓜 5斤', category: '蔬果', tags: [vegetables, infant], packMilli: 2_500_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 30, priceFen: 2900, facts: { 产地: '内蒙古赤峰', 储存: '阴凉通风', 吃法: '蒸18分钟，可压泥' }, cycleDays: 15, appeal: { infant: 0.55, fitness: 0.25, family: 0.25 } },
  { id: 'pepper-crisps', items: ['NP-CRISP-6'], name: '藤椒薯片 6包', category: '零食', tags: [snack], packMilli: 420_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 180, priceFen: 4200, facts: { 产地: '马铃薯来自内蒙古乌兰察布', 配料: '汉源藤椒油', 规格: '70g×6包' }, cycleDays: 14, appeal: { snacker: 1, family: 0.2, fitness: 0.05 } },
  { id: 'mixed-nuts', items: ['NP-NUTS-30'], name: '每日坚果 30袋', category: '零食', tags: [snack], packMilli: 750_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 240, priceFen: 9900, facts: { 配料: '四种坚果两种果干', 储存: '阴凉干燥', 规格: '25g×30袋' }, cycleDays: 29, appeal: { snacker: 0.5, family: 0.4, fitness: 0.3 } },
  { id: 'beef-jerky', items: ['NP-JERKY-500'], name: '风干牛肉干 500g', category: '零食', tags: [snack], packMilli: 500_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 240, priceFen: 11800, facts: { 产地: '内蒙古通辽', 蛋白质: '每100g 52g', 口味: '原味、微辣' }, cycleDays: 26, appeal: { snacker: 0.6, fitness: 0.2 } },
  { id: 'hawthorn-strips', items: ['NP-HAW-400'], name: '山楂条 400g', category: '零食', tags: [snack], packMilli: 400_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 270, priceFen: 2400, facts: { 配料: '山楂、白砂糖', 产地: '河北承德', 储存: '阴凉干燥' }, cycleDays: 20, appeal: { snacker: 0.5, family: 0.15, infant: 0.15 } },
  { id: 'milk-biscuits', items: ['NP-BISC-8'], name: '牛乳小饼干 8盒', category: '零食', tags: [snack], packMilli: 640_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 300, priceFen: 3800, facts: { 牛乳: '鲜牛乳添加量12%', 储存: '阴凉干燥' }, cycleDays: 17, appeal: { snacker: 0.45, family: 0.25, infant: 0.3 } },
  { id: 'flaxseed-oil', items: ['NP-FLAX-500'], name: '亚麻籽油 500ml', category: '粮油', tags: [staples], packMilli: 500_000, packUnit: 'ml', storage: 'ambient', shelfLifeDays: 540, priceFen: 6900, facts: { 工艺: '低温冷榨', 产地: '内蒙古乌兰察布', 储存: '避光，开封后冷藏' }, cycleDays: 48, appeal: { family: 0.3, fitness: 0.3, infant: 0.3 } },
  { id: 'northeast-rice', items: ['NP-RICE-5'], name: '稻花香大米 5kg', category: '粮油', tags: [staples], packMilli: 5_000_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 365, priceFen: 5900, facts: { 产地: '黑龙江五常', 年份: '当季新米', 储存: '阴凉干燥' }, cycleDays: 26, appeal: { family: 0.55, fitness: 0.1 } },
  { id: 'formula-stage-1', items: ['NP-INF-1-800'], name: '婴儿配方奶粉 1段 800g', category: '婴配', tags: [infant], packMilli: 800_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 730, priceFen: 29800, facts: { 适用: '0–6月龄', 规格: '800g一罐，每日约90–110g', 储存: '开罐后一个月内喝完' }, cycleDays: 8, appeal: { infant: 0.2 } },
  { id: 'formula-stage-2', items: ['NP-INF-2-800'], name: '较大婴儿配方奶粉 2段 800g', category: '婴配', tags: [infant], packMilli: 800_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 730, priceFen: 29800, facts: { 适用: '6–12月龄', 规格: '800g一罐，每日约80–100g', 储存: '开罐后一个月内喝完' }, cycleDays: 9, appeal: { infant: 0.3 } },
  { id: 'formula-stage-3', items: ['NP-INF-3-800', '幼儿配方奶粉 3段 800g'], name: '幼儿配方奶粉 3段 800g', category: '婴配', tags: [infant], packMilli: 800_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 730, priceFen: 27800, facts: { 适用: '12–36月龄', 规格: '800g一罐，每日约50–60g', 储存: '开罐后一个月内喝完' }, cycleDays: 15, appeal: { infant: 0.55 } },
  { id: 'formula-stage-3-small', items: ['NP-INF-3-400'], name: '幼儿配方奶粉 3段 400g', category: '婴配', tags: [infant], packMilli: 400_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 730, priceFen: 15800, facts: { 适用: '12–36月龄', 规格: '400g一罐，约7–8天', 储存: '开罐后一个月内喝完' }, cycleDays: 7.5, appeal: { infant: 0.15 } },
  { id: 'infant-noodles', items: ['NP-INOOD-4'], name: '宝宝无盐面条 4盒', category: '婴配', tags: [infant], packMilli: 800_000, packUnit: 'g', storage: 'ambient', shelfLifeDays: 365, priceFen: 4400, facts: { 配料: '小麦粉、菠菜粉、胡萝卜粉', 盐: '不加食盐', 吃法: '水开煮8分钟' }, cycleDays: 16, appeal: { infant: 0.6 } },
];

/** Bought together more often than chance: [with, bought as well, how often]. */
export const demoPairings: readonly (readonly [string, string, number])[] = [
  ['fresh-milk', 'rolled-oats', 0.14],
  ['bread-flour', 'animal-butter', 0.3],
  ['bread-flour', 'dry-yeast', 0.18],
  ['cake-flour', 'whipping-cream', 0.25],
  ['beef-brisket', 'cherry-tomatoes', 0.28],
  ['chicken-breast', 'salad-dressing', 0.2],
  ['salad-greens', 'chicken-breast', 0.25],
  ['formula-stage-3', 'infant-noodles', 0.2],
  ['pepper-crisps', 'beef-jerky', 0.15],
];
