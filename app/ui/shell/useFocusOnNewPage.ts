import { useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * Where the router changes the page without the browser, it does what the browser would: the reader's place
 * is the new page's beginning, so that a screen reader reads its name. What was just done comes before it.
 */
export function useFocusOnNewPage(): void {
  const { pathname, search } = useLocation();
  const shown = useRef(pathname + search);
  useEffect(() => {
    if (shown.current === pathname + search) return;
    shown.current = pathname + search;
    const start = document.getElementById("done") ?? document.querySelector<HTMLElement>("main h1");
    start?.setAttribute("tabindex", "-1");
    start?.focus({ preventScroll: true });
  }, [pathname, search]);
}
