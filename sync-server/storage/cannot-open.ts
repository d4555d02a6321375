/** Storage that cannot be opened, in a sentence for whoever runs the server: what is wrong and what to do about it. */
export class CannotOpen extends Error {}
