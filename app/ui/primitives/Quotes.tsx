import type { ReactNode } from "react";

type Quote = Readonly<{ key: string; words: string; note: ReactNode }>;

/** What people said, in the Chinese in which they said it, each with when. */
export const Quotes = ({ quotes }: { quotes: readonly Quote[] }) => (
  <ul className="grid gap-3">
    {quotes.map(({ key, words, note }) => (
      <li key={key} className="rounded-lg border-l-4 border-jade bg-jade-soft p-4">
        <p lang="zh-Hans" className="text-4">
          “{words}”
        </p>
        <p className="mt-1 text-2 text-muted">{note}</p>
      </li>
    ))}
  </ul>
);
