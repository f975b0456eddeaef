import { useT } from "~/i18n/useT";
import { Section } from "../primitives/Page";
import { WishCard, type WishCardData } from "./WishCard";

/** Others who wait for something like it, nearby; nothing where nobody does. */
export function LikeIt({ wishes }: { wishes: readonly WishCardData[] }) {
  const t = useT();
  if (wishes.length === 0) return null;
  return (
    <Section title={t("wishes.like")}>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3 elder:grid-cols-1">
        {wishes.map((wish) => (
          <WishCard key={wish.code} wish={wish} />
        ))}
      </div>
    </Section>
  );
}
