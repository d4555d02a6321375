/** What an order charges beside goods, as whole names of lines. By hand, 23 November 2026. */
export const chargePattern =
  /^(?:(?:补|退)?(?:运费|邮费|快递费|配送费|差价|差额|包装费|打包费|服务费|手续费|安装费)(?:险|补拍|补差|专拍|专用|链接|差价|补差价|专用链接)*|补差|postage|dotcom postage|(?:next day )?carriage|shipping(?: fee| cost| & handling)?|delivery(?: fee| charge)?|handling fee|service charge|bank charges|amazon fee|discount|tip|adjust(?:ment)?(?: bad debt)?|manual)$/i;
