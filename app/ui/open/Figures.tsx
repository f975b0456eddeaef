import { count, money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TextLink } from "../primitives/Button";
import { HowCounted } from "./HowCounted";

type Props = Readonly<{
  numbers: Readonly<{ open: number; claimed: number; delivered: number }>;
  standing: Readonly<{ received: bigint; spent: bigint }>;
}>;

/** The five figures, each with what it is made of and the way to its rows. */
export function Figures({ numbers, standing }: Props) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const figures = [
    ["waiting", count(locale, numbers.open), "open.defWaiting", at.wishes(), "open.seeWaiting"],
    ["claimed", count(locale, numbers.claimed), "open.defClaimed", "#lanes", "open.lanesTitle"],
    [
      "delivered",
      count(locale, numbers.delivered),
      "open.defDelivered",
      at.wishes({ done: "yes" }),
      "open.seeDelivered",
    ],
    ["received", money(locale, standing.received), "open.defReceived", "#money", "open.seeMonths"],
    ["spent", money(locale, standing.spent), "open.defSpent", "#bought", "open.seeBought"],
  ] as const;
  return (
    <ul className="grid gap-x-8 gap-y-2 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
      {figures.map(([key, value, definition, to, label]) => (
        <li key={key} className="border-l-4 border-peach pl-3 contrast:border-brand sm:pl-4">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="tabular text-6 leading-tight font-bold">{value}</span>{" "}
            <span>{t(`open.${key}`)}</span>
          </p>
          <HowCounted>
            <p>{t(definition)}</p>
            <TextLink to={to}>{t(label)}</TextLink>
          </HowCounted>
        </li>
      ))}
    </ul>
  );
}
