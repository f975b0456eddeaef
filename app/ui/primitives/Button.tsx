import { Link, type LinkProps } from "@remix-run/react";
import type { ButtonHTMLAttributes } from "react";

type Look = "primary" | "secondary" | "quiet" | "danger";

const BASE = "inline-flex min-h-tap items-center justify-center gap-2 rounded-md px-5 py-2 text-3 font-semibold text-center no-underline cursor-pointer border-(length:--border)";
const LOOKS: Readonly<Record<Look, string>> = {
  primary: "bg-brand text-on-brand border-brand hover:bg-brand-hover",
  secondary: "bg-surface text-brand border-line-strong hover:border-brand",
  quiet: "bg-transparent text-brand border-transparent underline underline-offset-4 px-2",
  danger: "bg-surface text-danger border-danger hover:bg-danger-soft",
};

const classOf = (look: Look, wide: boolean, extra = "") => `${BASE} ${LOOKS[look]} ${wide ? "w-full" : ""} ${extra}`;

/** A button that does something: always inside a form. */
export function Button({ look = "primary", wide = false, className, ...props }: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; wide?: boolean }) {
  return <button type="submit" {...props} className={classOf(look, wide, className)} />;
}

/** A link that looks like a button: goes somewhere, changes nothing. */
export function LinkButton({ look = "primary", wide = false, className, ...props }: LinkProps & { look?: Look; wide?: boolean }) {
  return <Link {...props} className={classOf(look, wide, className)} />;
}
