import type { ComponentProps } from "react";
import type { rulePage } from "~/domain/lists/desk/itemQueries.server";
import { useT } from "~/i18n/useT";
import type { Reply } from "../primitives/Field";
import { Section, Tag } from "../primitives/Page";
import type { Editing } from "./editing";
import { RuleDecision } from "./RuleDecision";
import { RuleDraft } from "./RuleDraft";
import { RulePreview } from "./RulePreview";
import { RuleShown } from "./RuleShown";

type Shown = Awaited<ReturnType<typeof rulePage>>;
type Props = Pick<Shown, "parameters" | "run" | "today"> &
  Readonly<{
    code: string;
    draft: NonNullable<Shown["draft"]>;
    preview: ComponentProps<typeof RulePreview>["preview"];
    /** Which form of the editor is open. */
    editing: Pick<Editing, "at" | "step" | "fact">;
    /** Whether what was answered is a decision on the whole draft. */
    decides: boolean;
    reply: Reply | undefined;
  }>;

/**
 * An edition of a rule that is being written: as a sentence, its editor, whom it would concern, what comes
 * next.
 */
export function RuleInDraft({
  code,
  draft,
  parameters,
  run,
  preview,
  today,
  editing,
  decides,
  reply,
}: Props) {
  const t = useT();
  return (
    <Section
      title={t("ruleDesk.draft", { n: draft.edition })}
      more={
        <Tag tone={draft.state === "tested" ? "done" : "wait"}>
          {t(draft.state === "tested" ? "ruleDesk.tested" : "desk.drafting")}
        </Tag>
      }
    >
      <RuleShown body={draft.body} parameters={parameters} />
      <p className="mt-2 text-2 text-muted">{t("ruleDesk.writtenBy", { who: draft.writer })}</p>
      <RuleDraft
        body={draft.body}
        results={run?.results ?? []}
        editing={{
          ...editing,
          today,
          code: code,
          version: draft.version,
          reply: decides ? undefined : reply,
        }}
      />
      <RulePreview code={code} preview={preview} />
      <RuleDecision
        state={draft.state}
        version={draft.version}
        mine={draft.mine}
        today={today}
        run={run}
        reply={decides ? reply : undefined}
      />
    </Section>
  );
}
