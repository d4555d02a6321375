/**
 * Money that would be missed: what the customer would spend within 90 days if surely here, times the risk that they stay
 * away; one usual order times the risk while the shop's history says nothing of value. Whole fen.
 */
export const valueAtRisk = (
  risk: number,
  { hasEvidence, hereFen }: { readonly hasEvidence: boolean; readonly hereFen: number },
  netFen: number,
  orders: number,
): number => Math.round(risk * Math.max(0, hasEvidence && hereFen > 0 ? hereFen : netFen / Math.max(1, orders)));
