export type Preferences = Readonly<{ theme: "light" | "dark"; contrast: "normal" | "more"; size: "normal" | "elder" }>;

const COOKIE = "look";
const YEAR_SECONDS = 31_536_000;
const THEMES = ["light", "dark"] as const;

/** How the reader wants pages to look, from their cookie: known before the first byte, so that no page flashes. */
export function readPreferences(request: Request): Preferences {
  const cookie = /(?:^|;\s*)look=([a-z.]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "";
  const [theme, contrast, size] = cookie.split(".");
  return {
    theme: THEMES.find((known) => known === theme) ?? "light",
    contrast: contrast === "more" ? "more" : "normal",
    size: size === "elder" ? "elder" : "normal",
  };
}

/** The cookie that keeps them; readable by nobody's script, holding no person's data. */
export const preferencesCookie = ({ theme, contrast, size }: Preferences): string => `${COOKIE}=${theme}.${contrast}.${size}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`;
