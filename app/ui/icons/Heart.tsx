/** The mark: a heart in one line whose last part is dotted — the part that a donor completes. */
export function Heart({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 36 36" className={className} fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M18 30.5C11 25 4.5 19.7 4.5 13.2 4.5 9 7.7 6 11.4 6c2.8 0 5.2 1.6 6.6 4.2C19.4 7.6 21.8 6 24.6 6c3.7 0 6.9 3 6.9 7.2 0 2.6-1 5-2.7 7.300" />
      <path d="M26.400 22.800C24 25.500 21 28 18 30.500" strokeDasharray="0.1 4.4" />
    </svg>
  );
}
