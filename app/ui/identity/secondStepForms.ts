import type { Reply } from "../primitives/Field";

type Shown = Readonly<{
  app: Readonly<{ state: "off" | "begun" | "on" }>;
  passkeys: readonly unknown[];
  isOn: boolean;
  hasPassword: boolean;
  most: number;
}>;

/**
 * Whether the form that was answered stands on the page and says itself what was wrong with it. One that has
 * gone meanwhile does not, nor does that of a passkey that was being made: the page says it at its top.
 */
export function isSaidByItsForm(
  { app, passkeys, isOn, hasPassword, most }: Shown,
  reply: Reply | undefined,
): boolean {
  const { intent = "", form } = reply?.values ?? {};
  const stands = new Map([
    ["begin", app.state !== "on"],
    ["removeApp", app.state === "on" && passkeys.length > 0],
    ["beginPasskey", passkeys.length < most],
    ["removePasskey", true],
    ["renew", isOn],
    ["remove", isOn],
    ["", form === "app" && app.state === "begun"],
  ]);
  return (isOn || hasPassword) && stands.get(String(intent)) === true;
}
