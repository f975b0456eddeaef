import { count, money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Tag } from "../primitives/Page";
import { unitName } from "./unitName";

type Line = Readonly<{ kind: string; unit: Parameters<typeof unitName>[1]; open: bigint; held: bigint }>;

/**
 * Whether a line can still be taken. What somebody only holds until they confirm or pay is not taken: it may
 * come free again, and the tag says so.
 */
export function WishState({ line, takes, held }: { line: Line; takes: boolean; held: boolean }) {
  const t = useT();
  const locale = useLocale();
  if (takes)
    return (
      <Tag tone="wait" sign="heart">
        {line.kind === "money"
          ? t("wishes.stillNeedsMoney", { sum: money(locale, line.open) })
          : t("wishes.stillNeeds", {
              n: count(locale, line.open),
              unit: unitName(locale, line.unit, line.open),
            })}
      </Tag>
    );
  if (held) return <Tag tone="wait">{t("wishes.heldNow")}</Tag>;
  return line.open > 0n ? (
    <Tag tone="info">{t("wishes.notNow")}</Tag>
  ) : (
    <Tag tone="done">{t("wishes.allPromised")}</Tag>
  );
}
