import type { LimitName } from "./limits.server";

/**
 * The least and most that a limit may be set to: a slip of the finger must not stop the house or open it
 * wide.
 */
export const LIMIT_BOUNDS: Readonly<Record<LimitName, readonly [least: number, most: number]>> = {
  capFenPerHead: [5_000, 2_000_000],
  roundDays: [30, 730],
  listingDays: [7, 365],
  extendListingDays: [1, 180],
  holdHours: [1, 168],
  bringDays: [1, 90],
  remindAfterDays: [1, 60],
  revokeDaysAfterDue: [1, 90],
  jointDayNoticeDays: [1, 30],
  jointDayWithinDays: [7, 180],
  collectNoticeDays: [1, 14],
  collectWithinDays: [2, 60],
  serviceWithinDays: [7, 180],
  undoMinutes: [1, 120],
  liveHoldUnits: [1, 1_000],
  livePaymentPages: [1, 50],
  basketLines: [1, 500],
  payingMinutes: [31, 1_440],
  allocationHours: [1, 720],
  matchExpiresSoonDays: [1, 365],
  confirmDeliveryDays: [1, 60],
  unfinishedDraftDays: [7, 365],
  openingMinutes: [1, 60],
  secretTries: [3, 10],
  reviewWorkingDays: [1, 60],
  answerWorkingDays: [1, 60],
  buyWithinDays: [1, 90],
  inspectWithinDays: [1, 30],
  deliverWithinDays: [1, 90],
  lapseNoticeDays: [7, 365],
  signInTries: [3, 50],
  signInWindowMinutes: [5, 120],
  signInNetworkTries: [10, 10_000],
  linkMinutes: [10, 1_440],
  linksPerHour: [1, 50],
  signUpsPerHour: [5, 1_000],
  codeTextsPerDay: [10, 1_000_000],
  invitationHours: [1, 24],
  secondStepGraceDays: [0, 90],
  stepUpMinutes: [5, 720],
  endedSessionDays: [1, 180],
  itemFreshDays: [30, 730],
  pushEveryDays: [7, 365],
  finderHandoverDays: [1, 90],
  reportsPerHour: [1, 100],
  callBackHours: [1, 168],
  callBacksPerHour: [1, 100],
  referralAnswerDays: [1, 30],
  referralClientDays: [1, 90],
  referralWaitlistDays: [1, 180],
  referralServiceDays: [1, 180],
  followUpDays: [1, 60],
  recordedWithinDays: [7, 730],
};

export const LIMIT_NAMES = Object.keys(LIMIT_BOUNDS) as readonly LimitName[];

/** Limits that are amounts: kept in fen, shown and typed in yuan. */
export const isAmount = (name: LimitName): boolean => name === "capFenPerHead";
