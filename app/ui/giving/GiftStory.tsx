import type { ComponentProps } from "react";
import { useT } from "~/i18n/useT";
import { Section } from "../primitives/Page";
import { GiftPhotos } from "./GiftPhotos";
import { GiftWay } from "./GiftWay";
import { GiftWords } from "./GiftWords";

type Props = Readonly<{
  timeline: ComponentProps<typeof GiftWay>["steps"];
  photos: ComponentProps<typeof GiftPhotos>["fileIds"];
  words: ComponentProps<typeof GiftWords>["words"];
}>;

/** What became of a gift: its way step by step, with the photos and words passed on to its donor. */
export function GiftStory({ timeline, photos, words }: Props) {
  const t = useT();
  return (
    <>
      <Section title={t("gifts.theWay")}>
        <GiftWay steps={timeline} />
        <GiftPhotos fileIds={photos} />
      </Section>
      <GiftWords words={words} />
    </>
  );
}
