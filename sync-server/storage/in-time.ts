/** Rejects when an answer takes too long, or the rest of one after something of it was heard; the question stays asked. */
export const inTime = async <Answer>(ask: (heard: () => void) => Promise<Answer>, mostMs: number): Promise<Answer> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('the database does not answer')), mostMs);
  return Promise.race([ask(() => timer.refresh()), late.promise]).finally(() => clearTimeout(timer));
};
