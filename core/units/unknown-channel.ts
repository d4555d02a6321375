/** The channel of an order whose file names none. */
export const unknownChannel = 'other';
