import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon, type IconName } from "../icons/Icon";
import { Link, type LinkProps } from "./Link";

type Look = "primary" | "secondary" | "quiet";
type Own = Readonly<{ look?: Look; wide?: boolean; icon?: IconName | undefined }>;

const classOf = (look: Look, wide: boolean, extra = "") =>
  ["button", `button-${look}`, wide ? "w-full" : "", extra].filter(Boolean).join(" ");

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
