import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Quotes } from "../primitives/Quotes";

type Words = Readonly<{ id: string; words: string | null; at: Date }>;

/** What recipients said of the deliveries of a gift, once a second person passed it on. */
export function GiftWords({ words }: { words: readonly Words[] }) {
  const t = useT();
  const locale = useLocale();
  if (words.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-4">{t("gifts.theirWords")}</h2>
      <Quotes
        quotes={words.map((said) => ({ key: said.id, words: said.words ?? "", note: day(locale, said.at) }))}
      />
    </section>
  );
}
