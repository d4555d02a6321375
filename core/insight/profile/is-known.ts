/**
 * Whether any fact that counts still tells of a person. A number lives as long as the ledger: whoever was erased, or came
 * with an import that was withdrawn, is nobody any more and stands in no list; nor does who is excluded.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';

export const isKnown = (ledger: Ledger, customer: number): boolean => {
  if (ledger.canonical(customer) !== customer || ledger.isExcluded(customer)) return false;
  if (ledger.linesOfCustomer(customer).length > 0 || ledger.behavioursOfCustomer(customer).length > 0) return true;
  const { alias, maskedPhone } = ledger.customer(customer);
  return (
    alias !== '' ||
    maskedPhone !== '' ||
    ledger.tagMarks(customer).size > 0 ||
    ledger.child(customer) !== null ||
    ledger.decisionsOfCustomer(customer).length > 0 ||
    ledger.outcomesOfCustomer(customer).length > 0
  );
};
