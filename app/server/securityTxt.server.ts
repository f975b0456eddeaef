import { plusDays } from "~/domain/kernel/time";
import type { Settings } from "~/settings.server";

/** RFC 9116 asks for less than a year; whoever reads an old copy asks again. */
const HOLDS_DAYS = 180;

/**
 * Where somebody who found a weakness writes to (RFC 9116); undefined where nobody is named, which a portal
 * in production is not without (see settings).
 */
export function securityTxt(
  { PUBLIC_URL, SECURITY_CONTACT }: Pick<Settings, "PUBLIC_URL" | "SECURITY_CONTACT">,
  now: Date,
): string | undefined {
  if (SECURITY_CONTACT === undefined) return undefined;
  const lines = [
    `Contact: ${SECURITY_CONTACT}`,
    // To the day: the text stays the same for a day, whichever copy of the portal is asked.
    `Expires: ${plusDays(now, HOLDS_DAYS).toISOString().slice(0, 10)}T00:00:00Z`,
    "Preferred-Languages: zh, en",
    `Canonical: ${new URL("/.well-known/security.txt", PUBLIC_URL).href}`,
  ];
  return `${lines.join("\n")}\n`;
}
