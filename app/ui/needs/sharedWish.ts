import { type Locale, wordsIn } from "~/i18n/locales";
import { paths } from "~/paths";

/** What chat apps show of a wish whose link somebody sent. */
export const sharedWish = (
  locale: Locale,
  { code, storyHans, storyHant }: Readonly<{ code: string; storyHans: string; storyHant: string }>,
) => ({
  description: wordsIn(locale, storyHans, storyHant),
  path: paths(locale).wish(code),
  picture: paths(locale).wishPictures(code).square,
});
