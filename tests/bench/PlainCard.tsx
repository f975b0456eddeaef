/** One wish as the baseline draws it: the markup of the portal's card, with everything already worked out. */
export type PlainWish = Readonly<{
  href: string;
  title: string;
  who: string;
  item: string;
  price: string;
  claimed: string;
  gap: string;
  verified: string;
  share: number;
}>;

/** The same card as ui/needs/WishCard, without router, translations, theme or anything to compute. */
export const PlainCard = ({ wish }: { wish: PlainWish }) => (
  <article className="lift relative flex flex-col rounded-lg border-(length:--border) border-line bg-surface p-5 shadow-card">
    <div className="flex gap-4">
      <span className="tile grid size-14 shrink-0 place-items-center rounded-md">
        <svg aria-hidden="true" className="size-9" viewBox="0 0 48 48">
          <use href="/assets/objects.svg#bag" />
        </svg>
      </span>
      <div className="min-w-0">
        <h2 className="text-4">
          <a href={wish.href} className="after:absolute after:inset-0 after:rounded-lg">
            {wish.title}
          </a>
        </h2>
        <p className="text-2 text-muted">{wish.who}</p>
      </div>
    </div>
    <p className="mt-3">{wish.item}</p>
    <p className="text-2 text-muted">{wish.price}</p>
    <div className="mt-auto pt-3">
      <div aria-hidden="true" className="thread mt-2">
        {wish.share > 0 ? <div className="bg-brand" style={{ width: `${wish.share}%` }} /> : null}
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <span className="tabular text-2">{wish.claimed}</span>
        <span className="inline-flex max-w-full items-center gap-1 rounded-full px-2.5 py-0.5 text-1 font-semibold contrast:border-2 contrast:border-current">
          {wish.gap}
        </span>
      </div>
      <p className="mt-2 flex items-center gap-1 text-1 text-muted">{wish.verified}</p>
    </div>
  </article>
);
