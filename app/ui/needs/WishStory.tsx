import { langOfWords, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { ObjectTile } from "../icons/ObjectIcon";

type Props = Readonly<{ icon: string | null; wish: Readonly<{ storyHans: string; storyHant: string }> }>;

/** What a wish is about, beside the drawing of its thing. */
export function WishStory({ icon, wish }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="flex gap-5">
      <ObjectTile name={icon} big />
      <div>
        <p lang={langOfWords(locale)} className="max-w-measure text-4">
          {wordsIn(locale, wish.storyHans, wish.storyHant)}
        </p>
        {locale === "en" ? <p className="mt-1 text-2 text-muted">{t("common.chineseStory")}</p> : null}
      </div>
    </div>
  );
}
