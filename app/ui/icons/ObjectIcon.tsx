import sprite from "./objects.svg?url";

/**
 * Our own line drawing of a kind of thing, from the one sprite; says nothing to screen readers, since its
 * name stands beside it.
 */
export function ObjectIcon({ name, className = "size-16" }: { name: string | null; className?: string }) {
  return (
    <svg className={className} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <use href={`${sprite}#${name ?? "coin"}`} />
    </svg>
  );
}

/** A thing on its tile, as cards and lists show it. */
export const ObjectTile = ({ name, big = false }: { name: string | null; big?: boolean }) => (
  <span
    className={`grid shrink-0 place-items-center self-start bg-brand-soft text-brand contrast:border-2 contrast:border-line ${big ? "size-28 rounded-lg" : "size-16 rounded-md"}`}
  >
    <ObjectIcon name={name} className={big ? "size-20" : "size-11"} />
  </span>
);
