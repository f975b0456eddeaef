const isIn = (pathname: string, to: string) => pathname === to || pathname.startsWith(`${to}/`);
/** Of these links that which leads to the room that one stands in; of rooms within rooms the innermost. */
export const roomOf = (pathname: string, links: readonly string[]): string | undefined =>
  links
    .filter((to) => isIn(pathname, to))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
