import { z } from "zod";
import { readAnswerForm as readAnswersOf, type ReadAnswers } from "~/domain/finder/readAnswers";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { say } from "~/i18n/messages";
import type { GivenBack } from "~/ui/primitives/givenBack";
import { readForm, typedValues } from "./form.server";
import { type FormAnswer, giveFormBack, type PageForm, type ShownPage } from "./pageForm.server";

const HandOver = z.object({ consent: z.literal("yes", { error: say("finder.handPlease") }) });
const JustAnswers = z.object({});

/** What was understood of the answers, and whether they are handed over, which was agreed to then. */
type Told = Pick<ReadAnswers, "answers" | "contradictions"> & Readonly<{ isHandedOver: boolean }>;

/**
 * The finder's form: its questions are read by the reader that the browser uses as well. A number that cannot
 * be read comes back beside its field, as what a schema refuses does.
 */
export const finderForm = <A extends FormAnswer>(
  work: (ctx: UseCaseContext, told: Told) => Promise<A>,
): PageForm<A | ShownPage<GivenBack>> => ({
  answer: async (ctx, sent) => {
    const isHandedOver = sent.has("handOver");
    const asked = readForm(sent, isHandedOver ? HandOver : JustAnswers);
    if (!asked.ok) return giveFormBack(asked.reply);
    const { answers, unread, contradictions } = readAnswersOf(sent);
    if (Object.keys(unread).length > 0)
      return giveFormBack({ values: typedValues(sent), errors: unread, formErrors: [] });
    return work(ctx, { answers, contradictions, isHandedOver });
  },
});
