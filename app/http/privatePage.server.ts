/**
 * Headers of a page that whoever holds its link may see: the link must not travel on, and no cache keeps it.
 * Without any referrer browsers would send the page's own forms from "null", as a stranger's page does.
 */
export const PRIVATE_PAGE = {
  "Referrer-Policy": "same-origin",
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "private, no-store",
};
