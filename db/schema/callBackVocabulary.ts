/** How somebody is answered: by a call, or by a message where they cannot hear. */
export const ANSWER_WAYS = ["call", "text"] as const;
export type AnswerWay = (typeof ANSWER_WAYS)[number];

/** Whom somebody asks for. */
export const ASKED_FOR = ["myself", "other"] as const;
export type AskedFor = (typeof ASKED_FOR)[number];

/** What became of a call-back. */
export const CALL_BACK_OUTCOMES = ["visit", "request", "answered", "wrong_number", "not_reached"] as const;
export type CallBackOutcome = (typeof CALL_BACK_OUTCOMES)[number];

/** So often somebody is tried before a call-back may end without having reached them. */
export const CALL_BACK_TRIES = 3;
