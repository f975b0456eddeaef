import type { SignInAgain } from "~/http/answer.server";
import type { StepUpFirst } from "~/http/stepUp.server";
import { SignInPage } from "./SignInPage";
import { StepUpPage } from "./StepUpPage";

/** What an answer asks for before what was posted can be done: to sign in, or a code. */
export type AskFirst = SignInAgain | StepUpFirst;

/** In place of what was asked: who somebody is, with what they typed carried along. */
export const AskFirstPage = ({ asked }: Readonly<{ asked: AskFirst }>) =>
  "signIn" in asked ? (
    <SignInPage facts={asked.signIn} reply={undefined} />
  ) : (
    <StepUpPage facts={asked.stepUp} reply={undefined} />
  );
