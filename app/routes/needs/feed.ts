import { listWishes } from "~/domain/needs/queries.server";
import { isReadWhole, readFilter } from "~/domain/needs/wishFilter";
import { facetNames } from "~/domain/reference/queries.server";
import { load } from "~/http/answer.server";
import { atomResponse } from "~/http/atom.server";
import type { RouteArgs } from "~/http/context.server";
import { searchOf, unreadableFilter } from "~/http/query.server";
import { count, money } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { say } from "~/i18n/messages";
import { serverT } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { filterWords } from "~/ui/needs/filterWords";
import { unitName } from "~/ui/needs/unitName";
import type { WishCardData } from "~/ui/needs/WishCard";

/** The newest open wishes of a list as a feed: who follows a town or a kind of thing hears of what comes. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { locale, publicUrl } = ctx;
    const search = searchOf(args.request);
    if (!isReadWhole(search))
      return unreadableFilter(locale, {
        values: {},
        errors: { "?": [say("common.choiceUnknown")] },
        formErrors: [],
      });
    const t = serverT(locale, ["wishes", "shell", "common"]);
    const at = paths(locale);
    const filter = { ...readFilter(search), sort: undefined, done: undefined };
    const names = await facetNames(ctx);
    const named = {
      towns: names.towns.map((row) => ({ code: row.code, name: nameIn(locale, row) })),
      kinds: names.kinds.map((row) => ({ code: row.code, name: nameIn(locale, row) })),
    };
    const { cards } = await listWishes(ctx, { ...filter, sort: "newest" });

    const words = filterWords(t, filter, named).map((chosen) => chosen.words);
    const stillNeeds = ({ lines: [line] }: WishCardData): string[] => {
      if (!line) return [];
      const thing = wordsIn(locale, line.itemHans, line.itemHant);
      if (line.kind === "money")
        return [thing, t("wishes.stillNeedsMoney", { sum: money(locale, line.open) })];
      const unit = unitName(locale, line.unit, line.open);
      return [thing, t("wishes.stillNeeds", { n: count(locale, line.open), unit })];
    };

    return atomResponse(args.request, {
      url: publicUrl + at.wishesFeed(filter),
      page: publicUrl + at.wishes(filter),
      lang: langOfWords(locale) ?? locale,
      title: [t("shell.name"), t("wishes.title"), ...words].join(" · "),
      author: t("shell.name"),
      now: ctx.now(),
      entries: cards.map((wish) => ({
        url: publicUrl + at.wish(wish.code),
        title: wordsIn(locale, wish.titleHans, wish.titleHant),
        at: wish.publishedAt,
        summary: [
          ...(wish.publicGroup ? [t(`wishes.group_${wish.publicGroup}`)] : []),
          ...(wish.town ? [nameIn(locale, wish.town)] : []),
          ...stillNeeds(wish),
        ].join(" · "),
      })),
    });
  });
