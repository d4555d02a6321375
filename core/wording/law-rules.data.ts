/**
 * The advertising-law rules, written from the articles themselves: Advertising Law of the PRC (2021 revision) articles
 * 9, 11, 12, 13, 17, 18, 20, 28; the enforcement guide on absolute wording (market regulation notice 2023 no. 6), from
 * which the exceptions come: usage advice, order in time and place, comparison within one's own range, national grades;
 * Food Safety Law article 73; Trademark Law article 14; registration rules for infant formula recipes (2023).
 * Version of 22 November 2026. Patterns and exceptions are global regular expressions over a line
 * without spaces; `of` looks at such a line up to the end of the found words.
 */
import type { LawRule } from './law-rule.ts';

const scope = '(?:全网|全国|全球|全世界|世界上?|史上|历史|行业|同行|市面上|国内|全城|业内)';
const praised =
  '浓郁|浓|醇厚|醇|细腻|软糯|软|糯|酥|滑|爽口|爽|美味|美|干净|完美|精致|漂亮|出名|有名|出色|厉害|值得|新鲜|鲜美|鲜|嫩|香|甜|脆|纯正|纯|正宗|地道|天然|安全|放心|健康|有营养|营养|有效|先进|高级|顶级|高端|受欢迎|畅销|火爆|火|热销|牛|靠谱|专业|权威|优质|优|佳|强|棒|绝|高品质|好吃|好喝|好用|好';

/** Ends in 的 before what it praises, and is not the end of “卖得…的”. */
const attribute = /(?<!得[^，。、；！？,;!?]{0,9})的$/;
/** How a claim about the body begins: 吃了就能…, 包…. */
const lead = '(?:(?:吃|喝|用)(?:了|它|完|这个|这款)?)?(?:就|还|也|都)?(?:能够?|可以|可|会|包|专|有助于|帮(?:助|你)?)?';
const illness =
  '百病|高血压|高血糖|高血脂|血糖高|糖尿病|三高|便秘|失眠|痛风|胃病|胃炎|胃痛|感冒|流感|咳嗽|湿疹|贫血|鼻炎|关节炎|脂肪肝|前列腺|皮肤病|心脏病|肝病|肾病|癌症|肿瘤|炎症|疾病';

const sourced = /来源|出处|据.{0,20}(?:报告|统计|年鉴|协会)|我们店|本店|店里|报告编号|检测报告号|报告号|截至/;

const ownOrUsage: readonly RegExp[] = [
  /最好(?:先|别|不要|不|是|在|用|放|能|提前|趁|冷|当|两|三|一|吃完|喝完|隔|等|把|连|搭|配|马上|现)/g,
  /最(?:低|高)(?:温|起订|消费|可|限|减|库存|一档|一层|档|只|到)/g,
  /最(?:佳|好)(?:赏味|食用|饮用|解冻|保存|冲泡)/g,
  /最(?:好|安全|稳妥|划算|靠谱|有效)的?(?:办法|方法|做法|吃法|保存|解冻|时间|时候|时机)/g,
  /(?:我家|我们家|我们|自家|店里|本店|家里|这几款|这两款|这三款|今天这几).{0,12}最(?:甜|香|嫩|脆|好|火|便宜|受欢迎|畅销|划算|实惠|值|低)/g,
  /母乳.{0,8}最好/g,
  /(?:最香|最甜|最嫩|最好)的(?:时候|那口|那一口|位置|部位|那块)/g,
  /最低(?:也|都|得|要)/g,
  /(?:不是|不敢说|谁说|别说|不说|不能说).{0,6}最(?:好|甜|香|便宜|低)/g,
];

export const lawRules: readonly LawRule[] = [
  {
    id: 'superlative',
    article: 'advertising-law-9-3',
    verdict: 'block',
    pattern: new RegExp(
      `${scope}最(?!近|后|终|初|晚|早|新(?!鲜)|多|少|远|难|冷|忙|怕|爱|想|喜欢|低|便宜|优惠|划算|实惠|值)(?:${praised}|[一-龥])的?|最(?:${praised})的?`,
      'g',
    ),
    exceptions: ownOrUsage,
    rewrites: [
      { text: '很受老顾客欢迎的', of: attribute },
      { text: '我们自家里卖得多的', of: attribute },
    ],
  },
  {
    id: 'lowest-price',
    article: 'advertising-law-9-3',
    verdict: 'block',
    pattern: new RegExp(`${scope}?最(?:低|便宜|优惠|划算|实惠|值)(?:的?价格?)?的?`, 'g'),
    exceptions: ownOrUsage,
    rewrites: [
      { text: '活动价', of: /价格?$/ },
      { text: '比平时便宜的', of: attribute },
    ],
  },
  {
    id: 'superlative-made',
    article: 'advertising-law-9-3',
    verdict: 'block',
    pattern: /最(?:新|大|尖端)(?:的)?(?:技术|科技|工艺|成果|品牌|规模|基地|产区|工厂)/g,
    exceptions: [/(?:我们|我家|自家|本店).{0,6}最大的(?:基地|工厂)/g],
    rewrites: [{ text: '新的工艺', of: /最(?:新|尖端)的?工艺$/ }],
  },
  {
    id: 'number-one',
    article: 'advertising-law-9-3',
    verdict: 'block',
    pattern:
      /(?:全国|全网|全球|世界|行业|类目|销量|销售|销售额|口碑|品质|品牌|热销|同类|中国|国内|味道|质量|人气)+(?:榜)?(?:排名|排行)?第一(?:名)?的?|第一(?:品牌|名牌|鲜|大牌|口碑|美味|好吃|好喝)的?|(?:no\.?1|top\.?1|NO\.?1|TOP\.?1|No\.?1|Top\.?1)(?!\d)的?/g,
    exceptions: [
      /(?:店里|本店|我们家|我家|自家)(?:的)?(?:销量|人气|热销|口碑)第一/g,
      /(?:安全|品质|质量|口碑)第一(?:，|,|、)?(?:我们|是|的原则|价格|利润|销量)/g,
    ],
    rewrites: [{ text: '老顾客回购很多的', of: attribute }, { text: '老顾客回购很多' }],
  },
  {
    id: 'absolute-rank',
    article: 'advertising-law-9-3',
    verdict: 'block',
    pattern:
      /(?:国家级|世界级|宇宙级|国际级|殿堂级|顶级|顶尖|极品|极佳|至尊|绝无仅有|独一无二|无与伦比|举世无双|空前绝后|史无前例|前所未有|天下无双|无可比拟|无人能及|全网之最|之王(?!小)|王中王)的?/g,
    exceptions: [/国家级(?:贫困|脱贫|龙头企业|检测中心|自然保护区|非遗|非物质文化)/g, /(?:口味|心情|体验)前所未有/g],
    rewrites: [{ text: '用料实在的', of: attribute }],
  },
  {
    id: 'only-one',
    article: 'advertising-law-9-3',
    verdict: 'block',
    pattern: /(?:全网|全国|国内|市面上|行业|世界上?|全球|中国)唯一的?|唯一(?:正宗|一家|品牌|指定)的?/g,
    rewrites: [{ text: '我们自己选的', of: attribute }],
  },
  {
    id: 'only-one-own',
    article: 'advertising-law-9-3',
    verdict: 'review',
    pattern: /唯一(?:的|能|可以|做到|敢)/g,
    exceptions: [
      /唯一的?(?:缺点|不足|问题|区别|不同|麻烦|办法|要求|要注意|一点|一次|遗憾|女儿|儿子|孩子|条件|例外)/g,
      /(?:今天|今晚|这周|店里|我们家)唯一/g,
    ],
    rewrites: [{ text: '少见的', of: attribute }],
  },
  {
    id: 'absolute-promise',
    article: 'advertising-law-28',
    verdict: 'block',
    pattern:
      /(?:绝对|百分之?百|百分百|100%|100％)(?:是)?(?:安全|有效|正宗|天然|纯天然|新鲜|好吃|低价|最低|便宜|健康|无害|无毒|没有副作用|无副作用|零添加|满意|不会过敏|治|见效)|零风险|万无一失|永不变质|永不过期/g,
    exceptions: [/绝对(?:不要|别|不能|不可以|不许|禁止)/g, /(?:不敢说|不能说|没有|没法).{0,4}(?:100%|百分百|绝对)/g],
    rewrites: [{ text: '以商品卡上写的为准' }],
  },
  {
    id: 'first-in-country',
    article: 'advertising-law-11',
    verdict: 'review',
    pattern:
      /(?:全国|全网|全球|国内|行业|业内)(?:首家|首个|首创|首款|独家)的?|(?:行业|国际|世界|国内|全国|同行)领先的?|领导品牌|领军品牌|销冠/g,
    unless: /来源|出处|据.{0,20}(?:报告|统计|年鉴|协会)/,
    rewrites: [{ text: '我们新上的', of: attribute }],
  },
  {
    id: 'figures',
    article: 'advertising-law-11',
    verdict: 'review',
    pattern:
      /(?:\d+(?:\.\d+)?[%％]|九成|八成|七成|百分之.{1,4})的?(?:顾客|用户|宝妈|客户|消费者|人|家庭|妈妈)(?:都)?(?:说|觉得|选|回购|推荐|满意|爱)|(?:累计|全网|全国|销量).{0,5}(?:卖出|热卖|销售|突破|超过?|达)\d+.{0,2}(?:万|亿|件|单|箱)/g,
    unless: sourced,
    rewrites: [{ text: '店里老顾客常回购' }],
  },
  {
    id: 'test-results',
    article: 'advertising-law-11',
    verdict: 'review',
    pattern: /(?:检测|数据|研究|实验|调查|临床)(?:报告|结果)?(?:显示|表明|证明|证实)/g,
    unless: sourced,
    rewrites: [],
  },
  {
    id: 'patent',
    article: 'advertising-law-12',
    verdict: 'review',
    pattern: /专利(?!号)(?:工艺|技术)?/g,
    unless: /专利号|ZL\d|zl\d/,
    rewrites: [{ text: '自己的工艺', of: /(?:工艺|技术)$/ }],
  },
  {
    id: 'belittling',
    article: 'advertising-law-13',
    verdict: 'block',
    pattern:
      /(?:吊打|碾压|秒杀|完爆)(?:同行|全网|市面上?|别家|其他(?:品牌|家)|大牌|所有)|别家(?:都是|全是)(?:假|次品|添加|勾兑)/g,
    rewrites: [{ text: '和别家不一样的地方是用料' }],
  },
  {
    id: 'comparing',
    article: 'advertising-law-13',
    verdict: 'review',
    pattern:
      /比(?:别家|别人家|其他(?:品牌|家|牌子)|同行|市面上的?|大牌)的?.{0,6}(?:好|强|新鲜|便宜|健康|安全|香|甜|嫩|纯)/g,
    rewrites: [],
  },
  {
    id: 'state-organs',
    article: 'advertising-law-9-2',
    verdict: 'block',
    pattern:
      /国宴(?:用|专用|同款|指定|级)?的?|人民大会堂|(?:机关|部队|军队|中南海|国务院|政府)(?:特供|专供|指定|内供|推荐)|特供(?:酒|茶|烟|机关|部队)|(?:国家|政府|质检局|市监局|卫健委|领导人?|总理|主席).{0,2}(?:推荐|认可|指定|保证)|国家免检|免检产品/g,
    exceptions: [/国家(?:标准|法律|法规).{0,2}(?:认可|指定)/g],
    rewrites: [{ text: '按国家标准生产的', of: attribute }],
  },
  {
    id: 'state-symbols',
    article: 'advertising-law-9-1',
    verdict: 'block',
    pattern: /国旗|国徽|国歌|军旗|军徽|军歌|人民币图样/g,
    rewrites: [],
  },
  {
    id: 'superstition',
    article: 'advertising-law-9-8',
    verdict: 'block',
    pattern: /开光|转运|招财|辟邪|改运|旺夫|算命|风水好/g,
    exceptions: [/招财(?:猫|进宝)(?:造型|包装|图案|礼盒)?/g, /(?:中转|周转|倒)转运|转运(?:中心|仓|站|箱|车|到)/g],
    rewrites: [],
  },
  {
    id: 'well-known-mark',
    article: 'trademark-law-14',
    verdict: 'block',
    pattern: /(?:中国)?驰名商标/g,
    rewrites: [{ text: '注册商标', of: /商标$/ }],
  },
  {
    id: 'disease',
    article: 'advertising-law-17',
    verdict: 'block',
    pattern: new RegExp(
      `${lead}(?:(?:(?:根|医)?治(?:疗|愈|好)?|调理|缓解|改善|预防|防治|对付|告别)了?(?:${illness}|过敏)|治疗|治愈|治好|根治|治病|医治|疗效|药效|特效|药到病除|消炎|抗炎|抗癌|防癌|抗肿瘤|抗病毒|降(?:低)?(?:血)?(?:糖|压|脂|血糖|血压|血脂|尿酸|胆固醇)|止咳|化痰|活血化瘀|壮阳|补肾|丰胸)`,
      'g',
    ),
    exceptions: [
      /(?:不能|不可|不可以|不是|没有|不|别|并非).{0,5}(?:治疗|治病|治好|疗效|药效|治|降血糖|降糖|降压)/g,
      /治疗期间|正在治疗|治疗的.{0,6}(?:医生|医嘱)/g,
      /(?:医生|医嘱|就医).{0,10}/g,
    ],
    rewrites: [{ text: '当日常吃食就好' }],
  },
  {
    id: 'medical-words',
    article: 'advertising-law-17',
    verdict: 'block',
    kinds: ['ordinary', 'infant-formula'],
    pattern:
      /(?:(?:增强|提高|提升|增加|改善)(?:宝宝|孩子|身体|人体|自身|你的)?的?(?:免疫力?|抵抗力)|助眠|安神|祛湿|排毒|解毒|护肝|养肝|清肠|润肠通便|通便|养胃|健脾|补血|补气|抗衰老?|抗氧化|延缓衰老|美容养颜|美白|燃脂|瘦身|减肥|刮油|清热解毒|滋阴|不用吃药|代替药|胜过吃药)的?/g,
    exceptions: [
      /(?:不能|不可以|不|别|没有|并非|不是).{0,4}(?:减肥|燃脂|助眠|排毒|代替药|瘦身|养胃|美白)/g,
      /(?:减肥|减脂|瘦身)(?:期|餐|的(?:朋友|人|姐妹|时候)|期间|也)/g,
      /(?:土豆|面粉|纸|牙齿|衣服|餐具).{0,4}美白/g,
      /(?:防|抗)氧化(?:包装|剂|铝箔)/g,
    ],
    rewrites: [{ text: '口味清淡的', of: attribute }, { text: '口味清淡' }],
  },
  {
    id: 'health-effect',
    article: 'advertising-law-18',
    verdict: 'review',
    kinds: ['health-food'],
    pattern: /(?:增强|提高)(?:免疫力?|抵抗力)|助眠|护肝|通便|抗氧化|补血|改善睡眠|缓解疲劳/g,
    exceptions: [/有助于(?:增强免疫力|改善睡眠|润肠通便|抗氧化)/g],
    rewrites: [{ text: '按批准的保健功能说明来用' }],
  },
  {
    id: 'sure-effect',
    article: 'advertising-law-18',
    verdict: 'block',
    pattern:
      /(?:保证|确保|包你?|一定|肯定|百分百).{0,4}(?:有效|见效|好转|变瘦|瘦|长高|变白)|立竿见影|(?:\d+|三|七|十|两|一)(?:天|周|个疗程|个月)(?:就)?(?:见效|瘦|变白)|无(?:任何)?副作用|没有(?:任何)?副作用|无毒副作用|安全无毒/g,
    rewrites: [{ text: '每个人感受不一样' }],
  },
  {
    id: 'health-necessity',
    article: 'advertising-law-18',
    verdict: 'block',
    kinds: ['health-food'],
    pattern:
      /(?:健康|身体|人体|老人|全家|人人)(?:都)?(?:必需|必备|离不开)|不吃.{0,4}(?:生病|不行|缺)|比(?:吃)?药.{0,4}(?:好|强|管用)|(?:专家|医生|明星|患者).{0,3}(?:推荐|证明|都在吃)/g,
    rewrites: [{ text: '本品不能代替药物' }],
  },
  {
    id: 'prevents-illness',
    article: 'food-safety-law-73',
    verdict: 'block',
    pattern: new RegExp(
      `${lead}(?:(?:预防|远离|防止|杜绝)(?:生病|流感|脑梗|老年痴呆|${illness})|少生病|百病(?:不侵)?)|吃了(?:就)?不(?:会)?(?:生病|感冒)`,
      'g',
    ),
    exceptions: [/(?:不能|不可以|别指望).{0,4}预防/g],
    rewrites: [{ text: '当日常吃食就好' }],
  },
  {
    id: 'mother-milk',
    article: 'advertising-law-20',
    verdict: 'block',
    pattern:
      /(?:代替|替代|取代|媲美|接近|胜过|超越|等同于?|不输|如同|好过|贴近|模拟|比得上|赶上)(?:妈妈的?)?母乳|母乳(?:化|般|级|一样|同款)|亲和母乳|第二母乳|和母乳(?:一样|差不多|没区别)/g,
    exceptions: [/(?:不能|不可|不可以|无法|没法|不).{0,3}(?:代替|替代|取代|等同于?|比得上)母乳/g],
    rewrites: [{ text: '母乳是宝宝理想的食物' }],
  },
  {
    id: 'formula-effects',
    article: 'formula-registration',
    verdict: 'block',
    kinds: ['infant-formula'],
    pattern:
      /益智|(?:更|变|会|越来越)聪明|(?:大脑|脑部|智力|视力)发育|提高智力|保护肠道|肠道健康|呵护肠胃|不上火|不便秘|易吸收|好吸收|好消化|长高|长得(?:更)?(?:高|壮)|自护力|保护力|少生病/g,
    rewrites: [{ text: '配方注册内容见罐身' }],
  },
  {
    id: 'formula-free-from',
    article: 'formula-registration',
    verdict: 'block',
    kinds: ['infant-formula'],
    pattern:
      /零添加|无添加|(?:不添加|不含|没有添加|未添加)(?:有)?(?:香精|香兰素|蔗糖|白砂糖|激素|防腐剂|麦芽糊精|色素)/g,
    rewrites: [{ text: '配料表见罐身' }],
  },
  {
    id: 'formula-origin',
    article: 'formula-registration',
    verdict: 'block',
    kinds: ['infant-formula'],
    pattern: /进口(?:奶源|原料)|(?:国外|海外)牧场|(?:生态|有机)牧场|(?:原生态|无污染|天然)奶源/g,
    rewrites: [{ text: '奶源地见罐身' }],
  },
  {
    id: 'natural',
    article: 'advertising-law-28',
    verdict: 'review',
    kinds: ['ordinary', 'health-food'],
    pattern: /纯天然|零添加|无添加|无公害|0添加/g,
    rewrites: [{ text: '配料表里只有写明的这几样' }],
  },
];
