import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Heart } from "../icons/Heart";
import { PhoneLine } from "../primitives/PhoneLine";
import { Kept } from "./Kept";
import { useRoot } from "./useRoot";

/** On every page: somebody to call, what else there is, and where to look whether it is true. */
export function Footer() {
  const locale = useLocale();
  const phone = useRoot()?.place.phoneLine;
  return (
    <Kept of={["footer", locale, phone]}>
      <FooterOf phone={phone} />
    </Kept>
  );
}

function FooterOf({ phone }: { phone: string | undefined }) {
  const t = useT();
  const at = paths(useLocale());
  const groups: readonly (readonly [MessageKey, readonly (readonly [string, MessageKey])[]])[] = [
    [
      "shell.forHelpers",
      [
        [at.wishes(), "shell.wishes"],
        [at.offer(), "shell.offer"],
        [at.points(), "shell.points"],
      ],
    ],
    [
      "shell.forNeeds",
      [
        [at.helpMe(), "shell.helpMe"],
        [at.list("government"), "shell.lists"],
        [at.elder(), "shell.elder"],
      ],
    ],
    [
      "shell.accountable",
      [
        [at.open(), "shell.open"],
        [at.accessibility(), "shell.accessibilityStatement"],
        [`${at.accessibility()}#report`, "shell.report"],
      ],
    ],
  ];
  return (
    <footer className="no-print mt-10 border-t-(length:--border) border-line bg-sunken pb-20 md:pb-0 elder:pb-0">
      <div className="mx-auto grid max-w-6xl gap-x-12 gap-y-8 px-4 py-10 sm:px-6 md:grid-cols-[1fr_auto] elder:grid-cols-1">
        <div>
          <p className="text-4 font-bold">{t("shell.footerTitle")}</p>
          <p className="mt-1 max-w-measure">{t("shell.callOr")}</p>
          {phone ? (
            <p className="mt-2 text-4">
              <PhoneLine phone={phone} />
            </p>
          ) : null}
        </div>
        <nav
          aria-label={t("shell.footerMenu")}
          className="grid grid-cols-2 gap-x-10 gap-y-6 sm:grid-cols-3 elder:grid-cols-1"
        >
          {groups.map(([title, links]) => (
            <div key={title}>
              <p className="text-2 font-semibold text-muted">{t(title)}</p>
              <ul>
                {links.map(([to, label]) => (
                  <li key={to}>
                    <a
                      href={to}
                      className="inline-flex min-h-tap items-center underline-offset-4 hover:text-brand hover:underline"
                    >
                      {t(label)}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <p className="flex items-center gap-2 text-2 text-muted md:col-span-2 elder:col-span-1">
          <Heart className="size-6 text-brand" />
          {t("shell.name")} · {t("shell.tagline")}
        </p>
      </div>
    </footer>
  );
}
