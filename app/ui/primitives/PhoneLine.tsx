import { Icon } from "../icons/Icon";

/** A telephone number that dials. `big` is the first thing on a page for people who would rather talk. */
export const PhoneLine = ({
  phone,
  label,
  big = false,
}: {
  phone: string;
  label?: string;
  big?: boolean;
}) => (
  <a
    href={`tel:${phone}`}
    className={
      big
        ? "inline-flex min-h-tap flex-wrap items-center justify-center gap-x-3 rounded-md bg-brand px-6 py-3 text-5 font-bold text-on-brand hover:bg-brand-hover"
        : "inline-flex min-h-tap items-center gap-2 font-semibold text-brand underline underline-offset-4"
    }
  >
    <Icon name="phone" className={big ? "size-7" : "size-5"} />
    {label ? <span>{label}</span> : null}
    <span className="tabular min-w-0">{phone}</span>
  </a>
);
