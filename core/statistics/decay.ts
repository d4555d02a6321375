/** What is left of a weight after `age`, when half of it is gone every `halfLife`. */
export const decay = (age: number, halfLife: number): number => 2 ** (-age / halfLife);
