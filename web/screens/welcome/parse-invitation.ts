/** The token of an invitation, from the whole link or by itself; null when it is neither. */
export const parseInvitation = (text: string): string | null => {
  const trimmed = text.trim();
  const part = trimmed.includes('#') ? trimmed.slice(trimmed.lastIndexOf('#') + 1) : trimmed;
  const token = part.replace(/^(invitation|token|invite)=/, '');
  return /^[\w-]{16,128}$/.test(token) ? token : null;
};
