/** Headers of a page that whoever holds its link may see: the link must not travel on, and no cache keeps it. */
export const PRIVATE_PAGE = { "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "private, no-store" };
