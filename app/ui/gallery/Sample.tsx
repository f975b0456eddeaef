import type { ReactNode } from "react";

/** One primitive in its states, under its own name. */
export const Sample = ({ name, children }: { name: string; children: ReactNode }) => (
  <section className="mt-10" aria-labelledby={`sample-${name}`}>
    <h2 id={`sample-${name}`} className="mb-4 border-b-(length:--border) border-line pb-1 font-mono text-4">
      {name}
    </h2>
    {children}
  </section>
);
