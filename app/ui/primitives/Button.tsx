import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon, type IconName } from "../icons/Icon";
import { Link, type LinkProps } from "./Link";

type Look = "primary" | "secondary" | "quiet";
type Own = Readonly<{ look?: Look; wide?: boolean; icon?: IconName | undefined }>;

const BASE =
  "inline-flex min-h-tap items-center justify-center gap-2 rounded-md px-5 py-2 text-3 font-semibold text-center no-underline cursor-pointer border-(length:--border) disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-sunken disabled:text-muted";
const LOOKS: Readonly<Record<Look, string>> = {
  primary: "bg-brand text-on-brand border-brand hover:bg-brand-hover hover:border-brand-hover",
  secondary: "bg-surface text-brand border-line-strong hover:border-brand hover:bg-brand-soft",
  quiet: "bg-transparent text-brand border-transparent underline underline-offset-4 hover:bg-brand-soft px-2",
};

const classOf = (look: Look, wide: boolean, extra = "") =>
  `${BASE} ${LOOKS[look]} ${wide ? "w-full" : ""} ${extra}`;

const content = (icon: IconName | undefined, children: ReactNode) =>
  icon ? (
    <>
      <Icon name={icon} />
      {children}
    </>
  ) : (
    children
  );

/** A button that does something: always inside a form. What takes something away asks first (`AskFirst`). */
export function Button({
  look = "primary",
  wide = false,
  icon,
  className,
  children,
  ...props
}: ButtonHTMLAttributes<HTMLButtonElement> & Own) {
  return (
    <button type="submit" {...props} className={classOf(look, wide, className)}>
      {content(icon, children)}
    </button>
  );
}

/** A link that looks like a button: goes somewhere, changes nothing. */
export function LinkButton({
  look = "primary",
  wide = false,
  icon,
  className,
  children,
  ...props
}: LinkProps & Own) {
  return (
    <Link {...props} className={classOf(look, wide, className)}>
      {content(icon, children)}
    </Link>
  );
}

/** A link among words that is high enough for a thumb. */
export function TextLink({ icon, className = "", children, ...props }: LinkProps & Pick<Own, "icon">) {
  return (
    <Link
      {...props}
      className={`inline-flex min-h-tap items-center gap-1.5 text-brand underline underline-offset-4 hover:text-brand-hover ${className}`}
    >
      {content(icon, children)}
    </Link>
  );
}
