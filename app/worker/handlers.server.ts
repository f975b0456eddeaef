import { goOnWithNextOldest } from "~/domain/giving/goOn.server";
import { answerPasswordAsk } from "~/domain/identity/forgottenPassword.server";
import { sendAccountLetters } from "~/domain/identity/letters.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { HandlerName } from "~/domain/kernel/journal/owed";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { tellHousehold } from "~/domain/screening/push.server";
import { tellDonor, tellIntent, tellOfWords } from "~/domain/trace/tellDonor.server";

/** Runs at least once for each event it is owed; must be safe to repeat. */
export type Handler = (ctx: UseCaseContext, event: JournalRow) => Promise<void>;

/** Every handler by its name: a name without its handler does not compile. */
export const HANDLERS: Readonly<Record<HandlerName, Handler>> = {
  tellDonor,
  tellOfWords,
  tellIntent,
  tellHousehold,
  sendAccountLetters,
  answerPasswordAsk,
  goOnWithNextOldest: async (ctx, event) => {
    await goOnWithNextOldest(ctx, event);
  },
};
