/** The views of the place, in the order of its tabs. */
export const views = ['stages', 'due', 'rules', 'buyers', 'value', 'demand'] as const;
export type View = (typeof views)[number];

export const isView = (text: string): text is View => (views as readonly string[]).includes(text);
