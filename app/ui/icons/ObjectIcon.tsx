import sprite from "./objects.svg?url";

/**
 * Our own line drawing of a kind of thing, from the one sprite; says nothing to screen readers, since its
 * name stands beside it.
 */
export function ObjectIcon({ name, className = "size-16" }: { name: string | null; className?: string }) {
  return (
    <svg className={className || undefined} viewBox="0 0 48 48" aria-hidden="true">
      <use href={`${sprite}#${name ?? "coin"}`} />
    </svg>
  );
}

/** A thing on its tile, as cards and lists show it. */
export const ObjectTile = ({ name, big = false }: { name: string | null; big?: boolean }) => (
  <span className={big ? "tile tile-big" : "tile"}>
    <ObjectIcon name={name} className="" />
  </span>
);
