import { kindBefore, langOfWords, wordsIn } from "~/i18n/locales";
import { useLocale } from "~/i18n/useT";

type Props = Readonly<{ kindEn: string | null; hans: string; hant: string }>;

/**
 * What somebody wrote of a wish or a thing; for who reads English after what kind of thing it is, each part
 * in its own language.
 */
export function ThingWords({ kindEn, hans, hant }: Props) {
  const locale = useLocale();
  const words = wordsIn(locale, hans, hant);
  const lang = langOfWords(locale);
  return lang === undefined ? (
    <>{words}</>
  ) : (
    <>
      {kindBefore(locale, kindEn)}
      <span lang={lang}>{words}</span>
    </>
  );
}
