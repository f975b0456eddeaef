/** Our own line drawing of a kind of thing, from the one sprite; says nothing to screen readers, since its name stands beside it. */
export function ObjectIcon({ name, className = "size-16" }: { name: string | null; className?: string }) {
  return (
    <svg className={className} viewBox="0 0 36 36" aria-hidden="true">
      <use href={`/objects.svg#${name ?? "coin"}`} />
    </svg>
  );
}
