import { useLocation } from "@remix-run/react";
import { Notice } from "../primitives/Page";
import { useRoot } from "./useRoot";

/** What the reader has just done, on the page that follows it, once. */
export function DoneNotice() {
  const done = useRoot()?.done;
  const { pathname } = useLocation();
  if (!done || done.at !== pathname) return null;
  return (
    <div
      id="done"
      tabIndex={-1}
      role="status"
      className="no-print mx-auto w-full max-w-3xl px-4 pt-5 outline-none sm:px-6"
    >
      <Notice tone="done">
        <p className="font-semibold">{done.text}</p>
      </Notice>
    </div>
  );
}
