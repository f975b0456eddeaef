import { useEffect, useState } from "react";
import { answersFrom, type Answers } from "~/domain/directory/finder/questions";

const KEY = "finder";

/** Answers that live in this browser's tab alone: gone when it is closed, never sent. Undefined until the page has scripts. */
export function useStoredAnswers(): readonly [answers: Answers | undefined, keep: (answers: Answers) => void] {
  const [answers, setAnswers] = useState<Answers>();
  useEffect(() => setAnswers(stored()), []);
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
