const PATHS = {
  back: "M19 12H5M11 6l-6 6 6 6",
  basket:
    "M4 10h16l-1.6 9a1.5 1.5 0 0 1-1.5 1.2H7.1A1.5 1.5 0 0 1 5.6 19zM8 10l3-6M16 10l-3-6M9.5 13.5v3.5M14.5 13.5v3.5",
  check: "M4.5 12.5l5 5L19.5 7",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17zM12 7.5V12l3 2",
  close: "M6 6l12 12M18 6L6 18",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  filter: "M4 6h16M7 12h10M10 18h4",
  forward: "M5 12h14M13 6l6 6-6 6",
  heart:
    "M12 20.5C6.7 16.5 3.5 13 3.5 9.2 3.5 6.3 5.6 4.5 8 4.5c1.7 0 3.2 1 4 2.7.8-1.7 2.3-2.7 4-2.7 2.4 0 4.5 1.8 4.5 4.7 0 3.8-3.2 7.3-8.5 11.3z",
  help: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17zM9.5 9.5c0-1.5 1.1-2.5 2.5-2.5s2.5 1 2.5 2.4c0 1.9-2.5 2-2.5 4.1M12 16.8v.01",
  home: "M3.5 11.5L12 4l8.5 7.5M5.5 10v10h13V10M10 20v-5.5h4V20",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17zM12 11v5.5M12 7.7v.01",
  me: "M12 4a4 4 0 1 0 0 8 4 4 0 1 0 0-8zM4.5 20.5c0-3.7 3.2-5.5 7.5-5.5s7.5 1.8 7.5 5.5",
  phone:
    "M6.5 3.5h3L11 8 8.8 9.7a12 12 0 0 0 5.5 5.5L16 13l4.5 1.5v3a2.5 2.5 0 0 1-2.7 2.5C10.5 19.5 4.5 13.5 4 6.2a2.5 2.5 0 0 1 2.5-2.7z",
  pin: "M12 21c-4-4.5-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2.5 6.5-6.5 11zM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5z",
  print: "M7 9V4h10v5M7 17H4.5v-7.5h15V17H17M7 14h10v6H7z",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM15.3 15.3L20 20",
  sound: "M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9c1.5 1.7 1.5 4.3 0 6M18 6.5c3 3.2 3 7.8 0 11",
  stop: "M7 7h10v10H7z",
  verified: "M12 3.5l7.5 3v5c0 4.5-3 7.7-7.5 9-4.5-1.3-7.5-4.5-7.5-9v-5zM8.5 12l2.5 2.5 4.5-5",
  warning: "M12 4.5l8.5 15h-17zM12 10.5v4M12 17.2v.01",
} as const;

export type IconName = keyof typeof PATHS;
export const ICON_NAMES = Object.keys(PATHS) as IconName[];

/** A small sign beside words that say the same. */
export const Icon = ({ name, className = "size-5" }: { name: IconName; className?: string }) => (
  <svg
    viewBox="0 0 24 24"
    className={`inline-block shrink-0 ${className}`}
    fill="none"
    stroke="currentColor"
    strokeWidth="1.9"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={PATHS[name]} />
  </svg>
);
