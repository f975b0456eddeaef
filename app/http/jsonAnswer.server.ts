import type { data } from "@remix-run/node";

type WithInit = ReturnType<typeof data>;

const isWithInit = (answer: unknown): answer is WithInit =>
  typeof answer === "object" && answer !== null && "type" in answer && answer.type === "DataWithResponseInit";

const asResponse = (answer: unknown): Response | undefined => {
  if (answer instanceof Response) return answer;
  return isWithInit(answer) ? Response.json(null, { status: answer.init?.status ?? 200 }) : undefined;
};

/**
 * For a page's script: what `act` answers or throws, with its status. A refusal has no words here: the script
 * has its own.
 */
export async function forScript(acted: Promise<unknown>): Promise<Response> {
  const response = asResponse(
    await acted.catch((thrown: unknown) => {
      if (asResponse(thrown) === undefined) throw thrown;
      return thrown;
    }),
  );
  if (response === undefined) throw new Error("a script was answered with a page");
  return response;
}
