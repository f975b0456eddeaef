import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { ObjectIcon } from "~/ui/icons/ObjectIcon";

/** One piece of work, tapped as a whole: the thing's drawing, what it is, for whom, how it stands. */
export const WorkRow = ({
  to,
  icon,
  title,
  lang,
  meta,
  tag,
}: {
  to: string;
  icon: string | null;
  title: ReactNode;
  lang: string | undefined;
  meta: ReactNode;
  tag?: ReactNode;
}) => (
  <li className="lift relative flex min-h-tap items-center gap-3 rounded-lg border-(length:--border) border-line bg-surface p-3">
    <span className="shrink-0 rounded-md bg-brand-soft p-2 text-brand">
      <ObjectIcon name={icon} className="size-9" />
    </span>
    <div className="min-w-0 flex-1">
      <Link to={to} lang={lang} className="font-semibold after:absolute after:inset-0 after:rounded-lg">
        {title}
      </Link>
      <p className="text-2 text-muted">{meta}</p>
      {tag ? <p className="mt-1">{tag}</p> : null}
    </div>
    <span aria-hidden="true" className="shrink-0 text-5 text-muted">
      ›
    </span>
  </li>
);

export const WorkList = ({ children }: { children: ReactNode }) => <ul className="grid gap-3">{children}</ul>;
