/**
 * The demo brand's broadcasts: run of show, script, cards, clips, segments. Invented for Larder, November 2026, after
 * the design's pictures. One line of the opening night's script breaks the advertising law on purpose, so that the
 * check has something to find.
 */
import type { DemoClipWords, DemoTheme } from './campaign-plan.ts';

export const demoBrand = { chinese: '北坡食集', english: 'North Slope' };

const family: DemoTheme = {
  theme: 'family',
  title: '家庭餐桌 · 周#专场',
  plannedMinutes: 120,
  items: [
    { kind: 'talk', product: '', title: '开场，今晚三件事', minutes: 4, priceFen: null, owner: '李禾', isLocked: true, script: ['晚上好，北坡食集的餐桌又支起来了。', '今晚三件事：一锅牛腩，一箱番茄，还有明早的牛奶。', '老顾客进来先打个招呼，我念昵称，不念手机号。'] },
    { kind: 'product', product: 'beef-brisket', title: '原切牛腩 1kg', minutes: 14, priceFen: 5900, owner: '李禾', script: ['家里要炖汤的往前坐，今天这块是原切牛腩，不拼接、不注水，一整块看得见筋膜。', '上个月买过的姐妹算算日子，差不多该补了。冷水下锅，焯三分钟捞出来，小火九十分钟，筷子一戳就透。', '它是全网最嫩的，我们敢说坏一块赔一块。'] },
    { kind: 'product', product: 'cherry-tomatoes', title: '高山小番茄 2.5kg', minutes: 10, priceFen: 3900, owner: '周岚', script: ['元谋海拔一千六百米的小番茄，今早六点二十采的。', '炖牛腩最后十分钟下锅，汤是酸甜的。', '收到坏果拍照给客服，四十八小时内处理。'] },
    { kind: 'product', product: 'fresh-milk', title: '鲜牛奶 950ml×6', minutes: 12, priceFen: 6900, owner: '何苗', script: ['呼伦贝尔牧场的鲜牛奶，七十五度十五秒巴氏杀菌。', '六瓶一箱，一家三口大概喝九天。', '冷藏二到六度，开封四十八小时喝完。'] },
    { kind: 'game', product: '', title: '福袋：5元新人券', minutes: 3, priceFen: null, owner: '许宁', script: ['现在发福袋，五元新人券，第一次来的朋友点左下角。'] },
    { kind: 'product', product: 'rolled-oats', title: '有机燕麦片 1.2kg', minutes: 10, priceFen: 4600, owner: '周岚', script: ['坝上的燕麦，只压片，不加糖。', '牛奶煮三分钟，或者隔夜冷泡。'] },
    { kind: 'product', product: 'bread-flour', title: '高筋面粉 + 动物黄油', minutes: 12, priceFen: 8800, owner: '何苗', script: ['河套硬麦面粉，蛋白质十三点二。', '黄油配料表只有稀奶油一样。', '做吐司的，水量大约百分之六十五。'] },
    { kind: 'product', product: 'strawberries', title: '红颜草莓 1.5kg', minutes: 8, priceFen: 7900, owner: '李禾', script: ['东港红颜草莓，杭州次日达。', '到家三天内吃完，别压着放。'] },
    { kind: 'product', product: 'plain-yogurt', title: '无糖酸奶 12杯', minutes: 10, priceFen: 5200, owner: '李禾', script: ['配料表两样：生牛乳和菌种。', '一百克含乳糖四点一克，不额外加糖。'] },
    { kind: 'product', product: 'dumplings-trio', title: '手工水饺 三种馅', minutes: 10, priceFen: 6600, owner: '何苗', script: ['三种馅，现场煮给大家看。', '水开下锅，点三次凉水。'] },
    { kind: 'product', product: 'pepper-crisps', title: '藤椒薯片 6包', minutes: 10, priceFen: 4200, owner: '许宁', script: ['汉源藤椒油，乌兰察布的马铃薯。', '麻多辣少，怕辣的先买一箱六包试。'] },
    { kind: 'talk', product: '', title: '收尾，周日早餐预告', minutes: 15, priceFen: null, owner: '李禾', isLocked: true, script: ['今晚的链接都在小黄车里。', '周日早上七点半，早餐专场见。', '留三分钟答问。'] },
  ],
  cards: [
    { column: 'not-ready', title: '邀请：牛奶复购期的老顾客', note: '许宁还有52条没按发送', owner: '许宁', hoursBefore: 4.5, checklist: [['名单核过授权', true], ['文案过检查', true], ['企微发送确认', false]] },
    { column: 'not-ready', title: '开场话术第3段', note: '“全网最嫩”没过检查，换成商品卡里的说法', owner: '周岚', hoursBefore: 3, checklist: [['改掉绝对化用语', false], ['李禾念一遍', false]] },
    { column: 'not-ready', title: '鲜牛奶备货54件', note: '供应商截单16:00', owner: '何苗', hoursBefore: 4, checklist: [['问供应商能不能加', false], ['不行就少讲两分钟', false]] },
    { column: 'doing', title: '烘焙预告短片', note: '三段里剪到第二段', owner: '李禾', hoursBefore: 6, checklist: [['开场镜头', true], ['和面', true], ['出炉', false]] },
    { column: 'doing', title: '炖牛腩演示道具', note: '冷库取样17:30', owner: '何苗', hoursBefore: 2.5, checklist: [['砂锅', true], ['电陶炉', true], ['取样', false]] },
    { column: 'done', title: '轻食组预告', note: '11:02送达', owner: '许宁', hoursBefore: 9, checklist: [['名单', true], ['图', true]] },
    { column: 'done', title: '小番茄到货抽检', note: '糖度9.2，坏果不到1%', owner: '何苗', hoursBefore: 26, checklist: [['抽5箱', true]] },
    { column: 'done', title: '福袋预算', note: '2,000元封顶，用完就停', owner: '周岚', hoursBefore: 28, checklist: [] },
    { column: 'done', title: '草莓次日达城市表', note: '杭州、上海、宁波、绍兴', owner: '何苗', hoursBefore: 30, checklist: [] },
  ],
};

const breakfast: DemoTheme = {
  theme: 'breakfast',
  title: '早餐专场',
  plannedMinutes: 90,
  items: [
    { kind: 'talk', product: '', title: '早上好，十分钟早餐', minutes: 5, priceFen: null, owner: '李禾', isLocked: true, script: ['早上好，今天做一顿十分钟早餐。'] },
    { kind: 'product', product: 'fresh-milk', title: '鲜牛奶 950ml×6', minutes: 15, priceFen: 6900, owner: '何苗', script: ['巴氏鲜奶，今天发的是昨天的奶。', '温到六十度就好，别煮开。'] },
    { kind: 'product', product: 'rolled-oats', title: '有机燕麦片 1.2kg', minutes: 14, priceFen: 4600, owner: '周岚', script: ['四十克燕麦，两百毫升牛奶，煮三分钟。'] },
    { kind: 'product', product: 'free-range-eggs', title: '谷物鸡蛋 30枚', minutes: 12, priceFen: 3900, owner: '李禾', script: ['北镇鸡蛋，尖头朝下放冰箱。'] },
    { kind: 'product', product: 'plain-yogurt', title: '无糖酸奶 12杯', minutes: 12, priceFen: 5200, owner: '李禾', script: ['不想开火的，酸奶加燕麦。'] },
    { kind: 'product', product: 'scallion-pancake', title: '葱油饼 20片', minutes: 12, priceFen: 3300, owner: '何苗', script: ['不用加油，每面九十秒。'] },
    { kind: 'product', product: 'blueberries', title: '蓝莓 6盒', minutes: 10, priceFen: 6800, owner: '周岚', script: ['红河蓝莓，果径十五毫米以上。'] },
    { kind: 'talk', product: '', title: '答问，今晚预告', minutes: 10, priceFen: null, owner: '李禾', isLocked: true, script: ['还有问题的打在公屏上。'] },
  ],
  cards: [
    { column: 'not-ready', title: '早餐样品', note: '前一晚冷藏', owner: '何苗', hoursBefore: 12, checklist: [['牛奶', false], ['燕麦', false]] },
    { column: 'doing', title: '流程表对一遍', note: '', owner: '周岚', hoursBefore: 14, checklist: [['时长', true], ['价格', false]] },
  ],
};

const baking: DemoTheme = {
  theme: 'baking',
  title: '烘焙之夜',
  plannedMinutes: 120,
  items: [
    { kind: 'talk', product: '', title: '开场，今晚烤一条吐司', minutes: 5, priceFen: null, owner: '李禾', isLocked: true, script: ['今晚从和面到出炉，一条吐司。'] },
    { kind: 'product', product: 'bread-flour', title: '高筋面粉 5kg', minutes: 18, priceFen: 4200, owner: '何苗', script: ['蛋白质十三点二，出膜快。'] },
    { kind: 'product', product: 'animal-butter', title: '动物黄油 454g', minutes: 18, priceFen: 5200, owner: '李禾', script: ['室温放到手指能按动再下。'] },
    { kind: 'product', product: 'dry-yeast', title: '耐高糖酵母 100g', minutes: 10, priceFen: 1500, owner: '何苗', script: ['五百克面粉放五克。'] },
    { kind: 'product', product: 'free-range-eggs', title: '谷物鸡蛋 30枚', minutes: 10, priceFen: 3900, owner: '周岚', script: ['做戚风用六枚，分蛋要冷藏的。'] },
    { kind: 'game', product: '', title: '晒作品抽奖', minutes: 5, priceFen: null, owner: '许宁', script: ['把你烤的照片发到群里。'] },
    { kind: 'product', product: 'whipping-cream', title: '稀奶油 1L', minutes: 16, priceFen: 4600, owner: '李禾', script: ['打发前冷藏十二小时。'] },
    { kind: 'product', product: 'dark-chocolate', title: '黑巧克力币 1kg', minutes: 14, priceFen: 8600, owner: '何苗', script: ['隔水加热，不超过五十度。'] },
    { kind: 'product', product: 'strawberries', title: '红颜草莓 1.5kg', minutes: 12, priceFen: 7900, owner: '李禾', script: ['装饰用整颗，夹心切片。'] },
    { kind: 'talk', product: '', title: '出炉，切开看', minutes: 10, priceFen: null, owner: '李禾', isLocked: true, script: ['出炉震一下，放凉再切。'] },
  ],
  cards: [],
};

export const demoThemes: readonly DemoTheme[] = [family, breakfast, baking];

export const weekdayCharacters: readonly string[] = ['一', '二', '三', '四', '五', '六', '日'];

export const demoClips: readonly DemoClipWords[] = [
  { title: '三个火候炖牛腩', subtitle: '小火九十分钟，一戳就透', text: '冷水下锅，焯三分钟捞出来，小火九十分钟，筷子一戳就透。', tags: ['成功话术-解决烹饪疑虑'], product: 'beef-brisket', theme: 'family', fromSeconds: 858, seconds: 42 },
  { title: '贵吗，算一顿给你听', subtitle: '一斤不到三十块一锅', text: '一公斤五十九，四口人一锅，一个人不到十五块。', tags: ['成功话术-解决价格疑虑'], product: 'beef-brisket', theme: 'family', fromSeconds: 990, seconds: 38 },
  { title: '番茄炖牛腩，什么时候下番茄', subtitle: '最后十分钟再下番茄', text: '番茄早下会酸，最后十分钟再下，汤是甜的。', tags: ['高互动-烹饪演示'], product: 'cherry-tomatoes', theme: 'family', fromSeconds: 1402, seconds: 55 },
  { title: '开箱看筋膜', subtitle: '筋膜看得见', text: '当场开一箱，一整块，切面看得见筋膜。', tags: ['高互动-开箱'], product: 'beef-brisket', theme: 'family', fromSeconds: 760, seconds: 27 },
  { title: '牛奶能不能冻', subtitle: '不建议冻，会分层', text: '鲜奶不建议冷冻，会分层。冷藏二到六度，开封四十八小时喝完。', tags: ['成功话术-解决储存疑虑'], product: 'fresh-milk', theme: 'breakfast', fromSeconds: 1868, seconds: 44 },
  { title: '十分钟隔夜燕麦', subtitle: '睡前泡，起来吃', text: '四十克燕麦，两百毫升牛奶，盖上盖子放冰箱，早上加水果。', tags: ['高互动-烹饪演示'], product: 'rolled-oats', theme: 'breakfast', fromSeconds: 3150, seconds: 36 },
  { title: '酸奶配料表只有两样', subtitle: '生牛乳和菌种', text: '翻过来看配料表，生牛乳、菌种，没有第三样。', tags: ['成功话术-解决成分疑虑'], product: 'plain-yogurt', theme: 'breakfast', fromSeconds: 4042, seconds: 31 },
  { title: '黄油什么时候下', subtitle: '手指能按动就下', text: '面团成团以后再下黄油，黄油软到手指能按动。', tags: ['成功话术-解决烹饪疑虑'], product: 'animal-butter', theme: 'baking', fromSeconds: 1760, seconds: 48 },
  { title: '手套膜，三分钟看懂', subtitle: '撑得开，边缘光滑', text: '撑开能看见手指，破口边缘光滑，就可以停了。', tags: ['高互动-烹饪演示'], product: 'bread-flour', theme: 'baking', fromSeconds: 980, seconds: 52 },
  { title: '奶油打发到几成', subtitle: '纹路不消失就停', text: '提起来有小弯钩，纹路不消失就停，再打就渣了。', tags: ['高互动-烹饪演示'], product: 'whipping-cream', theme: 'baking', fromSeconds: 4410, seconds: 33 },
  { title: '鸡胸肉怎么吃不柴', subtitle: '微波三十秒，别多', text: '开袋即食，微波三十秒，拌沙拉汁。', tags: ['成功话术-解决烹饪疑虑'], product: 'chicken-breast', theme: 'family', fromSeconds: 5200, seconds: 29 },
];

/** Saved rules: name and text, in the language of segments. */
export const demoSegments: readonly (readonly [id: string, name: string, rule: string])[] = [
  ['bakers-not-lately', '烘焙老客 · 七天没买', 'tag=烘焙爱好者 AND no purchase in 7 days'],
  ['light-eaters', '健身轻食派', 'tag=健身轻食派'],
  ['infant-feeding', '宝宝辅食关注者 · 七天没买', 'tag=宝宝辅食关注者 AND no purchase in 7 days'],
];

export const demoTeam: readonly (readonly [id: string, name: string, role: 'operator' | 'host' | 'assistant'])[] = [
  ['zhou-lan', '周岚', 'operator'],
  ['li-he', '李禾', 'host'],
  ['xu-ning', '许宁', 'assistant'],
  ['he-miao', '何苗', 'assistant'],
];
