import type { Reply } from "./Field";

/** What a page knows whose form came back. */
export type GivenBack = Readonly<{ reply: Reply }>;

/** Whether a form came back, for whoever knows the answer of a page that is not theirs. */
export const isGivenBack = (answer: unknown): answer is GivenBack =>
  typeof answer === "object" && answer !== null && "reply" in answer;
