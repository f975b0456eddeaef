/**
 * The value of one of our cookies; empty when there is none. Only its own signs are read: what neighbours on
 * the same host left in theirs, in whatever encoding, is nobody's business here and breaks nothing.
 */
export const cookieOf = (request: Request, name: string): string =>
  new RegExp(`(?:^|;\\s*)${name}=([\\w.-]*)`).exec(request.headers.get("cookie") ?? "")?.[1] ?? "";
