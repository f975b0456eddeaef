import type { ComponentProps } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { Card } from "../primitives/Page";
import { TellOthers } from "./TellOthers";
import { unitName } from "./unitName";
import { WishFacts } from "./WishFacts";
import { WishNumbers } from "./WishNumbers";

type Props = ComponentProps<typeof WishFacts> &
  Readonly<{
    numbers: ComponentProps<typeof WishNumbers>["numbers"];
    /** In what its things are counted, where it asks for any. */
    unit: Parameters<typeof unitName>[1] | undefined;
    requested: bigint;
    title: string;
    url: string;
  }>;

/** Beside the story of a wish: how far it has come, what is known of it, and how to pass it on. */
export function WishAside({ numbers, unit, requested, title, url, ...facts }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <aside className="grid content-start gap-6 lg:row-span-2">
      <Card>
        <h2 className="mb-3 text-4">{t("wishes.progress")}</h2>
        <WishNumbers numbers={numbers} unit={unit && unitName(locale, unit, requested)} />
      </Card>
      <Card>
        <WishFacts {...facts} />
      </Card>
      <TellOthers code={facts.wish.code} title={title} url={url} />
    </aside>
  );
}
