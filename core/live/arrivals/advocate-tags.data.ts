/** Tags by which a shop marks people who bring others. */
export const advocateTags: readonly string[] = ['KOC', '美食达人', '团长', '推荐官'];
