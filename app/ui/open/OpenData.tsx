import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TextLink } from "../primitives/Button";

const DATA = [
  ["wishes", "open.dataWishes"],
  ["goods", "open.dataGoods"],
  ["money", "open.dataMoney"],
] as const;

/** What every other site may take along: figures without people, and the two lists. */
export function OpenData() {
  const t = useT();
  const { hsdsApi, openData } = paths(useLocale());
  return (
    <>
      <p className="max-w-measure">{t("open.dataLead")}</p>
      <ul className="mt-2">
        {DATA.map(([name, label]) => (
          <li key={name} className="flex flex-wrap items-center gap-x-5">
            <span className="py-1">{t(label)}</span>
            <TextLink
              reloadDocument
              to={openData(`${name}.csv`)}
              aria-label={`${t(label)}, ${t("open.dataCsv")}`}
            >
              {t("open.dataCsv")}
            </TextLink>
            <TextLink
              reloadDocument
              to={openData(`${name}.json`)}
              aria-label={`${t(label)}, ${t("open.dataJson")}`}
            >
              {t("open.dataJson")}
            </TextLink>
          </li>
        ))}
        <li>
          <TextLink reloadDocument to={openData("schema.json")}>
            {t("open.dataSchema")}
          </TextLink>
        </li>
      </ul>
      <p className="mt-1 max-w-measure">{t("open.dataLicence")}</p>
      <p className="mt-5 max-w-measure">{t("open.dataLists")}</p>
      <ul>
        <li>
          <TextLink
            reloadDocument
            to={hsdsApi("/services", { format: "ndjson", full: "true" })}
            download="services.ndjson"
          >
            {t("open.dataListsAll")}
          </TextLink>
        </li>
        <li>
          <TextLink reloadDocument to={hsdsApi("/openapi.json")}>
            {t("open.dataListsApi")}
          </TextLink>
        </li>
      </ul>
    </>
  );
}
