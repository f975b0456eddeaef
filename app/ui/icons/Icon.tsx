import sprite from "./signs.svg?url&no-inline";

export const ICON_NAMES = [
  "back",
  "basket",
  "check",
  "clock",
  "close",
  "download",
  "filter",
  "forward",
  "heart",
  "help",
  "home",
  "info",
  "me",
  "phone",
  "pin",
  "print",
  "search",
  "sound",
  "stop",
  "verified",
  "warning",
] as const;
export type IconName = (typeof ICON_NAMES)[number];

/** A small sign beside words that say the same, from the one sprite. */
export const Icon = ({ name, className }: { name: IconName; className?: string }) => (
  <svg className={className ? `sign ${className}` : "sign"} aria-hidden="true">
    <use href={`${sprite}#${name}`} />
  </svg>
);
