/** The share of each marketing group that gets nothing, so that what a message brings can be told from what would have come anyway. */
export const holdOutShare = 0.1;
