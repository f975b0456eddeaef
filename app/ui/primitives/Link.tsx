import { Link as RouterLink } from "@remix-run/react";
import { type AnchorHTMLAttributes, createContext, useContext } from "react";

/**
 * Whether this page goes without the framework's scripts: then the browser alone follows its links. Said
 * where it is made; no page that runs in the browser is one.
 */
export const StillContext = createContext(false);

/**
 * `reloadDocument`: what it leads to is no page of ours (a file). `preventScrollReset`: the page that follows
 * is this one with something opened, and stays where it is.
 */
export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> &
  Readonly<{ to: string; reloadDocument?: boolean; preventScrollReset?: boolean }>;

/** A link within the portal, on any page. */
export function Link({
  to,
  reloadDocument = false,
  preventScrollReset = false,
  children,
  ...props
}: LinkProps) {
  const isByBrowser = useContext(StillContext);
  return isByBrowser ? (
    <a href={to} {...props}>
      {children}
    </a>
  ) : (
    <RouterLink to={to} reloadDocument={reloadDocument} preventScrollReset={preventScrollReset} {...props}>
      {children}
    </RouterLink>
  );
}
