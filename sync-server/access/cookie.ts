/** The session cookie. Over plain HTTP (this machine only) its name carries the port, because cookies ignore ports. */
const lifetimeSeconds = 30 * 86_400;

export const cookieName = (host: string, isSecure: boolean): string =>
  isSecure ? '__Host-larder' : `larder-${/:(\d+)$/.exec(host)?.[1] ?? '80'}`;

export const cookieNameOf = (origin: string): string =>
  cookieName(origin.replace(/^\w+:\/\//, ''), origin.startsWith('https://'));

export const readCookie = (header: string, name: string): string | null => {
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value) return value;
  }
  return null;
};

/** The Set-Cookie value; an empty token takes the cookie away. */
export const writeCookie = (origin: string, token: string): string => {
  const isSecure = origin.startsWith('https://');
  const name = cookieNameOf(origin);
  const lifetime = token === '' ? 0 : lifetimeSeconds;
  return `${name}=${token}; Path=/; Max-Age=${lifetime}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
};
