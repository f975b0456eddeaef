/** The mark: a heart in one line whose last part is dotted — the part that a donor completes. */
export function Heart({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 36 36"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="2.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M18 31C10.5 25.3 4.5 19.8 4.5 13.2 4.5 9 7.7 6 11.4 6c2.8 0 5.2 1.6 6.6 4.3C19.4 7.6 21.8 6 24.6 6c3.7 0 6.9 3 6.9 7.2 0 2.2-.7 4.2-1.9 6.2" />
      <path d="M27 22.9C24.6 25.7 21.6 28.3 18 31" strokeDasharray="0.01 4.3" />
    </svg>
  );
}
