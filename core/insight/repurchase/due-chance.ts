/** The least chance of a purchase within `dueDays` of a day for a pair to be due on it; alone here, for words to tell. */
export const dueChance = 0.2;
export const dueDays = 7;
