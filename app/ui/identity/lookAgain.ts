/**
 * The name of the button that brings a form back to its page as it was filled, after signing in again,
 * without sending it.
 */
export const LOOK_AGAIN = "lookAgain";
