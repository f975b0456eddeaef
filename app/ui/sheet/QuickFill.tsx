import { useVisit } from "./visit";

type Props = Readonly<{
  /** The field of text that a tap fills. */
  name: string;
  label: string;
  options: readonly Readonly<{ label: string; typed: string }>[];
}>;

/** What is mostly said for a field, one tap each, where scripts run; the field itself takes anything. */
export function QuickFill({ name, label, options }: Props) {
  const { readAgain, kept } = useVisit();
  if (!readAgain) return null;
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-2">
      {options.map((option) => (
        <button
          key={option.typed}
          type="button"
          aria-pressed={kept.values[name] === option.typed}
          className="min-h-tap min-w-tap cursor-pointer rounded-md border-(length:--border) border-line-strong bg-surface px-3 hover:border-ink aria-pressed:border-brand aria-pressed:bg-brand-soft"
          onClick={({ currentTarget: { form } }) => {
            const field = form?.elements.namedItem(name);
            if (!form || !(field instanceof HTMLInputElement)) return;
            field.value = option.typed;
            readAgain(form);
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
