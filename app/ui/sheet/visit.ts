import { createContext, useContext } from "react";
import type { Asking, StillOpen } from "~/domain/screening/visitQuestions";
import type { Reply } from "../primitives/Field";

type Visit = Readonly<{
  /** The form as it stands: what is stored, what came back, or what was tapped since. */
  kept: Reply;
  isOpen: StillOpen;
  asking: Asking;
  /** Reads the form anew after a script filled something in; undefined where no scripts run. */
  readAgain: ((form: HTMLFormElement) => void) | undefined;
}>;

export const VisitContext = createContext<Visit | undefined>(undefined);

/** The form of a visit that this part stands in. */
export function useVisit(): Visit {
  const visit = useContext(VisitContext);
  if (!visit) throw new Error("a part of a visit stands in its form");
  return visit;
}

/** Whether anything under this name wants to be looked at. */
export const isMarked = ({ errors, meanwhile }: Reply, prefix: string): boolean =>
  [...Object.keys(errors), ...Object.keys(meanwhile?.beside ?? {})].some((name) => name.startsWith(prefix));

export const isAnswered = ({ values }: Reply, name: string): boolean =>
  [values[name] ?? ""].flat().some((value) => value !== "");
