import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { SHAPES } from "~/pictures/picture";
import { TextLink } from "../primitives/Button";
import { Section } from "../primitives/Page";
import { PrintButton } from "../primitives/PrintButton";

/** A year as a picture, on paper and as a file. All that the picture says stands on the page too. */
export function YearToKeep({ year }: Readonly<{ year: string }>) {
  const t = useT();
  const at = paths(useLocale());
  const picture = at.myYearPictures(year);
  return (
    <Section title={t("year.keep")}>
      <div className="no-print grid items-start gap-5 sm:grid-cols-[15rem_1fr]">
        <img
          src={picture.portrait}
          alt={t("year.pictureOf", { year })}
          width={SHAPES.portrait.width}
          height={SHAPES.portrait.height}
          loading="lazy"
          className="h-auto w-full max-w-60 rounded-lg border-(length:--border) border-line"
        />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <PrintButton />
          <TextLink to={picture.portrait} download={`hongxin-${year}.png`} reloadDocument>
            {t("pictures.saveTall")}
          </TextLink>
          <TextLink to={picture.square} download={`hongxin-${year}-square.png`} reloadDocument>
            {t("pictures.saveSquare")}
          </TextLink>
          <TextLink to={at.myYearFile(year, "csv")} reloadDocument>
            {t("year.csv")}
          </TextLink>
          <TextLink to={at.myYearFile(year, "xlsx")} reloadDocument>
            {t("year.xlsx")}
          </TextLink>
        </div>
      </div>
      <p className="mt-4 text-2 text-muted">{t("year.counted")}</p>
    </Section>
  );
}
