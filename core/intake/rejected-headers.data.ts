/** What the columns are called that we add to rows which were left out, so that they are known when they come back. */
export const rejectedHeaders: Readonly<Record<'zh' | 'en', { readonly reason: string; readonly line: string }>> = {
  zh: { reason: '没有导入的原因', line: '原文件行号' },
  en: { reason: 'Why not imported', line: 'Line in the file' },
};
