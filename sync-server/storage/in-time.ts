/** Rejects when an answer takes too long; the question stays asked. */
export const inTime = async <Answer>(asked: Promise<Answer>, mostMs: number): Promise<Answer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer')), mostMs);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
};
