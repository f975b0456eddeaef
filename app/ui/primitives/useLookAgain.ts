import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

const EVERY_MS = 3_000;

/**
 * Reads the page anew every three seconds while something on it goes on, and somebody looks at it. Without a
 * script its link does it.
 */
export function useLookAgain(goesOn: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!goesOn || state !== "idle") return;
    const timer = setTimeout(() => {
      if (document.visibilityState === "visible") revalidate();
    }, EVERY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [goesOn, state, revalidate]);
}
