import { readWholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { cookieOf } from "~/session/cookieOf";

export type BasketLine = Readonly<{ lineId: string; quantity: number }>;

const MAX_LINES = 100;
const WEEK_SECONDS = 604_800;
const ENTRY = /^([\w-]{22})(\d{1,6})$/;

const shorten = (uuid: string): string => Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64url");

function lengthen(short: string): string {
  const hex = Buffer.from(short, "base64url").toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * The basket, from its cookie: what the reader means to give, holding nothing. Each line costs 24 bytes or
 * so, so that a company's list of a hundred fits. Whoever changes it by hand changes only their own list:
 * every line is asked again.
 */
export function readBasket(request: Request): BasketLine[] {
  const cookie = cookieOf(request, "basket");
  return cookie
    .split(".")
    .flatMap((entry) => {
      const match = ENTRY.exec(entry);
      const quantity = readWholeNumber(match?.[2] ?? "") ?? 0;
      return match?.[1] && quantity > 0 ? [{ lineId: lengthen(match[1]), quantity }] : [];
    })
    .slice(0, MAX_LINES);
}

/** The cookie that keeps a basket; an empty one is forgotten. */
export function basketCookie(lines: readonly BasketLine[], { secure }: { secure: boolean }): string {
  const value = lines
    .slice(0, MAX_LINES)
    .map((line) => shorten(line.lineId) + String(line.quantity))
    .join(".");
  return `basket=${value}; Path=/; Max-Age=${value === "" ? 0 : WEEK_SECONDS}; SameSite=Lax; HttpOnly${secure ? "; Secure" : ""}`;
}

/** The basket with one line set to a quantity; zero takes it out. */
export function withLine(lines: readonly BasketLine[], lineId: string, quantity: number): BasketLine[] {
  const others = lines.filter((line) => line.lineId !== lineId);
  return quantity > 0 ? [...others, { lineId, quantity: Math.min(quantity, 100_000) }] : others;
}
