import { useT } from "~/i18n/useT";
import { LinkButton } from "../primitives/Button";
import type { WishCardData } from "./WishCard";

type Line = WishCardData["lines"][number] & Readonly<{ accepts: boolean }>;

/** On phones the way to a wish's forms, within their first screen; nothing where nothing can be given. */
export function GiveHere({ lines, to }: Readonly<{ lines: readonly Line[]; to: string }>) {
  const t = useT();
  const wanted = lines.find((line) => line.accepts && line.open > 0n);
  if (!wanted) return null;
  return (
    <p className="no-print mt-4 sm:hidden">
      <LinkButton to={to} wide>
        {t(wanted.kind === "money" ? "wishes.giveMoneyHere" : "wishes.giveHere")}
      </LinkButton>
    </p>
  );
}
