import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon } from "../icons/Icon";
import { Scene } from "../icons/Scene";
import { Link } from "../primitives/Link";

const DOOR =
  "lift relative flex min-h-36 items-center justify-between gap-4 overflow-hidden rounded-lg border-2 border-transparent py-5 pr-3 pl-6 text-on-door sm:min-h-44";

/** The two front doors, of equal weight: nobody has to pass a plea for gifts to be helped. */
export function FrontDoors() {
  const t = useT();
  const at = paths(useLocale());
  const doors = [
    {
      to: at.wishes(),
      title: t("home.wantHelp"),
      text: t("home.wantHelpText"),
      scene: "give",
      look: "door-a bg-door-a contrast:border-brand",
    },
    {
      to: at.helpMe(),
      title: t("home.needHelp"),
      text: t("home.needHelpText"),
      scene: "call",
      look: "door-b bg-door-b contrast:border-ink",
    },
  ] as const;
  return (
    <div className="grid gap-4 sm:grid-cols-2 sm:gap-6 elder:grid-cols-1">
      {doors.map((door) => (
        <Link key={door.to} to={door.to} className={`${DOOR} ${door.look}`}>
          <span className="min-w-0 flex-1">
            <span className="text-5 leading-tight font-bold sm:text-6">
              {door.title} <Icon name="forward" className="size-6 align-[-0.2em]" />
            </span>
            <span className="mt-2 block">{door.text}</span>
          </span>
          <Scene name={door.scene} className="h-20 w-auto shrink-0 sm:h-32 elder:hidden" />
        </Link>
      ))}
    </div>
  );
}
