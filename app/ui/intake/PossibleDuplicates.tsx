import { colon } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { TextLink } from "../primitives/Button";
import { Notice } from "../primitives/Page";

type Duplicate = Readonly<{
  needCode: string;
  needId: string | undefined;
  sameTown: boolean;
  why: "household" | "name" | "phone" | "id_number";
  sameThing: boolean;
}>;
type Props = Readonly<{
  title: string;
  duplicates: readonly Duplicate[];
  /** Where both are laid side by side. */
  compare?: (otherId: string) => string;
  /** Where the other one is read, and from there its household. */
  see?: (otherId: string) => string;
}>;

/**
 * Other wishes that may be for the same person: by code and reason only, with a way to them within the town.
 */
export function PossibleDuplicates({ title, duplicates, compare, see }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Notice tone="wait">
      <p className="font-semibold">{title}</p>
      <ul className="mt-1 list-disc pl-5">
        {duplicates.map((other) => (
          <li key={other.needCode}>
            {see && other.needId !== undefined ? (
              <TextLink to={see(other.needId)}>{other.needCode}</TextLink>
            ) : (
              other.needCode
            )}
            {colon(locale)}
            {t(`intake.why_${other.why}`)}
            {other.sameThing ? ` · ${t("intake.sameThing")}` : ""}
            {other.sameTown ? "" : ` · ${t("intake.otherTown")}`}
            {compare && other.needId !== undefined ? (
              <p>
                <TextLink to={compare(other.needId)}>
                  {t("review.compare")}
                  <span className="sr-only"> {other.needCode}</span>
                </TextLink>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      {see ? <p className="mt-1">{t("intake.duplicatesKnown")}</p> : null}
    </Notice>
  );
}
