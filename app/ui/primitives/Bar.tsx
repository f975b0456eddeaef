/** How many of how many, beside words that say the same: what there is a line, what is left of it dotted. */
export function Bar({ share, colour = "text-brand" }: { share: number; colour?: string }) {
  const end = `${Math.min(100, Math.max(0, share))}%`;
  return (
    <svg aria-hidden="true" className="mt-1 block h-3 w-full overflow-visible">
      <line
        x1={end}
        x2="100%"
        y1="50%"
        y2="50%"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray="2 6"
        className="text-line-strong"
      />
      <rect width={end} height="100%" rx="3" fill="currentColor" className={colour} />
    </svg>
  );
}
