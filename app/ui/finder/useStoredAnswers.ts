import { useEffect, useState } from "react";
import type { Answers } from "~/domain/finder/questions";
import { answersFrom } from "~/domain/finder/readAnswers";

const KEY = "finder";

/**
 * Answers that live in this browser's tab alone: gone when it is closed, never sent. Undefined until the page
 * has scripts. What was sent before the scripts came is taken over.
 */
export function useStoredAnswers(
  posted: Answers | undefined,
): readonly [answers: Answers | undefined, keep: (answers: Answers) => void] {
  const [answers, setAnswers] = useState<Answers>();
  // Only what came with the page: later answers are kept by `keep`.
  const [first] = useState(posted);
  useEffect(() => setAnswers(first ?? stored()), [first]);
  const keep = (next: Answers) => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing still answers, as long as the page stays open.
    }

    setAnswers(next);
  };

  return [answers, keep];
}

function stored(): Answers {
  try {
    return answersFrom(JSON.parse(sessionStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}
