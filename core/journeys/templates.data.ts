/**
 * Starter messages by step and kind of content; the first of the wanted kind whose fields are all known is taken, else
 * the first of any. Written for Larder, 22 November 2026;
 * every one passes the advertising-law check, and those of a service step carry no promotion. Places are in braces.
 */
import type { ContentKind } from '../insight/preference/preference-parameters.ts';
import type { FollowUpStep } from './follow-up.ts';

/** What the places are called, for the code that fills them. */
export const messageFields = {
  name: '称呼',
  product: '商品',
  clip: '片段',
  cooking: '吃法',
  keeping: '储存',
  day: '哪天',
} as const;

export interface StarterTemplate {
  /** Of a service step: none. */
  readonly content: ContentKind | '';
  readonly text: string;
}

const stop = '不想再收到这类消息，回复“不用了”就好。';

export const starterTemplates: Readonly<Record<FollowUpStep, readonly StarterTemplate[]>> = {
  coupon: [
    {
      content: 'promotion',
      text: `{称呼}，刚才在直播间看您在{商品}这里停得最久。给您留了一张85折券，收到后24小时内有效，下单时自动抵扣。${stop}`,
    },
    {
      content: 'promotion',
      text: `{称呼}，谢谢刚才来直播间。给您留了一张85折券，收到后24小时内有效，今晚讲过的商品都能用。${stop}`,
    },
    {
      content: 'knowledge',
      text: `{称呼}，刚才在直播间看您在{商品}这里停得最久，吃法发您一份：{吃法}。想试试的话，给您留了一张85折券，收到后24小时内有效。${stop}`,
    },
    {
      content: 'story',
      text: `{称呼}，刚才在直播间看您在{商品}这里停得最久。它来自{产地}。给您留了一张85折券，收到后24小时内有效。${stop}`,
    },
  ],
  confirm: [
    { content: '', text: '{称呼}，您在直播间下的{商品}订单收到了，发出后会把物流单号发给您。收货有问题直接在这里说。' },
    { content: '', text: '{称呼}，您在直播间下的订单收到了，发出后会把物流单号发给您。收货有问题直接在这里说。' },
  ],
  guide: [
    {
      content: 'knowledge',
      text: '{称呼}，{商品}到家后这样放：{储存}。吃法：{吃法}。吃着怎么样，欢迎在这里说一声。',
    },
    { content: 'knowledge', text: '{称呼}，{商品}到家后这样放：{储存}。吃着怎么样，欢迎在这里说一声。' },
    { content: 'knowledge', text: '{称呼}，{商品}到了吗？怎么存、怎么做，随时在这里问。' },
  ],
  'before-cycle': [
    {
      content: 'promotion',
      text: `{称呼}，家里的{商品}差不多到{哪天}前后就吃完了。给您留了一张95折券，没有门槛，补货时能用。${stop}`,
    },
    {
      content: 'knowledge',
      text: `{称呼}，家里的{商品}差不多到{哪天}前后就吃完了。换个吃法：{吃法}。补货时有一张95折券，没有门槛。${stop}`,
    },
  ],
  clip: [
    {
      content: 'promotion',
      text: `{称呼}，这场您没赶上，给您留了一段：{片段}。里面讲的{商品}，在小程序里搜名字就能看到。${stop}`,
    },
    {
      content: 'promotion',
      text: `{称呼}，这场您没赶上，讲到了您常买的{商品}，在小程序里搜名字就能看到。${stop}`,
    },
    {
      content: 'knowledge',
      text: `{称呼}，这场您没赶上，讲了{商品}怎么吃：{吃法}。想看的话，小程序里搜名字就有。${stop}`,
    },
    {
      content: 'story',
      text: `{称呼}，这场您没赶上，讲了{商品}从哪里来：{产地}。想看的话，小程序里搜名字就有。${stop}`,
    },
  ],
};

/** How a customer without a name is addressed. */
export const unnamed = '您好';

/** Keys of a product's facts, in order of preference, for how to use it and how to keep it. */
export const cookingFacts: readonly string[] = ['吃法', '用法'];
export const keepingFacts: readonly string[] = ['储存'];

/** Month and day, as `{哪天}` shows it. */
export const dayWords: readonly [string, string] = ['月', '日'];
