import { Icon } from "../icons/Icon";
import { Link } from "./Link";

type Props = Readonly<{
  label: string;
  /** What each stands for, what its link does in words, and where it leads: the list without it. */
  chips: readonly Readonly<{ key: string; words: string; removes: string; to: string }>[];
}>;

/** What a list is narrowed by, each a link to the list without it: seen and undone where the results are. */
export function Chips({ label, chips }: Props) {
  if (chips.length === 0) return null;
  return (
    <nav aria-label={label} className="mb-4 flex flex-wrap gap-2">
      {chips.map(({ key, words, removes, to }) => (
        <Link key={key} to={to} aria-label={removes} className="chip">
          {words}
          <Icon name="close" />
        </Link>
      ))}
    </nav>
  );
}
