import sprite from "./objects.svg?url";

const SIZES = {
  way: "0 0 480 288",
  empty: "0 0 240 168",
  lost: "0 0 240 168",
  delivered: "0 0 240 168",
  call: "0 0 240 168",
  give: "0 0 240 168",
} as const;

export type SceneName = keyof typeof SIZES;
export const SCENE_NAMES = Object.keys(SIZES) as SceneName[];

/**
 * A drawing without faces, for a page's opening or an empty place. Only decorates: the words beside it say
 * all.
 */
export const Scene = ({ name, className = "h-32 w-auto" }: { name: SceneName; className?: string }) => (
  <svg className={className} viewBox={SIZES[name]} aria-hidden="true" focusable="false">
    <use href={`${sprite}#scene-${name}`} />
  </svg>
);
