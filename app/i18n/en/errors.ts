import type { Translation } from "../messages";

export const errors: Translation<"errors"> = {
  notFound: "This was not found, or is not yours to see.",
  notAllowed: "Your role cannot do this.",
  signInNeeded: "Please sign in first.",
  fourEyes: "Somebody else has to do this: nobody approves what they handled themselves.",
  changedMeanwhile: "Somebody has just changed this. Please reload the page.",
  savedMeanwhile:
    "Somebody else saved this after you opened it. Nothing is lost: both are shown below. Check them and save once more; what stands in the fields is kept.",
  nobodyLeft: "At least one person has to stay. If nobody of the household is left, go to its record.",
  notWhole: "The draft is not complete yet; it can be submitted once it is. What is missing is marked below.",
  tooMuchTyped: "That is too much text. Please write less.",
  importOpen:
    "Many wishes are being written into this town right now. Please wait until that is done, or stop it under “Latest large imports”, then import these.",
  listsImportOpen:
    "Many items of the lists are being written right now. Please wait until that is done, or stop it under “Latest large imports”, then import these.",
  tooManyPeople: "A household has {most} people at most.",
  wrongState: "This cannot be done in its present state. Please reload the page.",
  requestKeyReused: "This form was already sent with other content. Please open the page again.",
  databaseAway: "The portal cannot reach its records at the moment. Please try again in a minute.",
  outcomeUnknown:
    "The connection is unstable and the outcome is not known yet. Please send again: it will not be done twice.",
  inThePast: "The time must not be before now.",
  noSuchAccount:
    "No account has this address, or it is not confirmed yet. Please have them sign up and confirm it, or send an invitation.",
  lastAdmin: "This is the last admin; the role stays.",
  inTheFuture: "The time cannot be later than now.",
  tooLongAgo: "That is too long ago to be written down now. Please check the date.",
  beforeTheStepBefore: "This cannot be before the step before it. Please check the day and the time.",
  notEnoughLeft: "There are not enough left: {left} now.",
  tooManyRequests: "Too many tries. Please come back in a while.",
  holdEnded: "The time to confirm is over and the items went back. You can pledge again.",
  tooManyHolds:
    "You can hold at most {max} items that are neither confirmed nor paid. Please confirm, pay or release those in “My gifts” first.",
  tooManyPages:
    "You have {max} payment pages that are not paid yet. Please finish or cancel them in “My gifts” first.",
  nothingLikeIt: "No other wish waits for this kind of thing now. You can offer it to the city instead.",
  jointDayTooSoon: "This day is too soon: the point needs at least {days} {days|day|days} to prepare.",
  jointDayTooFar: "This day is too far off: at most {days} days ahead, for those who wait.",
  dayNotOffered: "That day cannot be chosen. Please pick one from {first} to {last}.",
  tooLateToUndo:
    "Ten minutes have passed, or the goods are on their way, so this can no longer be undone. Please call us.",
  serviceDone: "A service of this gift has already been done, so it can no longer be undone. Please call us.",
  kindRefused: "We cannot take this: tobacco, medicine, and second-hand medical or infant goods.",
  entitlementsFirst: "Please check first what this household can get from the two lists, and tick the box.",
  consentMissing: "Consent is missing: to collect, to share and to publish are all needed.",
  duplicatesUnjudged:
    "{n} possible {n|duplicate|duplicates}. Please look and say whether it is the same thing.",
  overCapReasonNeeded:
    "This household comes to ¥{value} in this round, over the cap of ¥{cap}. Please give a reason.",
  overCapUnapproved:
    "A wish over the cap first needs the agreement of somebody of the city who neither filed nor verified it.",
  otherLine:
    "This line of the wish takes something other than this form gives. Please go back to the wish and choose again.",
  otherCode: "This is not the code of this household.",
  stillOnItsWay:
    "{n} {n|matter has|matters have} not ended, so nothing can be erased now. Please let what is listed below end first.",
  recordNotOpen: "The record has closed. Please open it with a reason, then correct it.",
  publishGuard:
    "{n} {n|place|places} in the text may identify the person: {found}. Please change them; those that need not go may stay once you confirm each.",
  certificateExpired: "This organisation's certificate is not valid today, so it cannot publish.",
  creditCodeKnown: "This credit code is in the register already. Please add to its page.",
  entryWaiting: "One of this kind waits for another person already. Please settle that one first.",
  filingKnown: "This filing number is known already. To prolong it, enter a new period under that programme.",
  accountTaken: "This account belongs to another charity.",
  fundChanged:
    "The programme that receives the money has just changed. Please look at the new one below before you pay.",
  paidMeanwhile:
    "This payment has gone through or is on its way, so it can no longer be cancelled. Please reload the page.",
  paymentsClosed:
    "No payments today: the fundraising certificate or filing is not in force. You can leave an intent to give.",
  paymentsOpen: "You can simply pay now; please load the page again.",
  alreadyIntended: "You are on the list for this already; we tell you when payments open.",
  alreadyGoingBack: "This money is on its way back already.",
  paymentDeskDown:
    "The payment provider does not answer. Your items stay held; please try again: you will not be charged twice.",
  fundExhausted: "There is not enough free money in the programme's fund.",
  voucherUsed: "This voucher has been recorded already.",
  moreThanPromised:
    "{over} more than expected: only {left} still to come. Please take {left} and give the rest back; the donor can offer it as well.",
  countsDoNotAddUp:
    "The counts do not add up: accepted and refused must make {counted}; refused needs a reason and where it goes; a value needs its unit price.",
  goodsExpired: "Goods past their date can be neither accepted nor packed.",
  secretWrong: "These digits are not right. {left} {left|try|tries} left.",
  secretLocked: "No tries left. Please use two witnesses, or ask the caseworker to print a new slip.",
  secondWitnessNeeded: "You filed this wish yourself, so another witness has to sign.",
  nothingHandedOver: "Nothing was handed over? Please choose “not delivered” and say why.",
  donorDelivers:
    "This person gave some of what is in it. Donors and recipients do not meet: please name somebody else.",
  proofMissing: "Please complete the proof of handover.",
  signInFailed: "The e-mail or the password is not right.",
  tooBusy: "Too many people at the moment. Please try again in a minute.",
  mailUnconfirmed:
    "This address is not confirmed yet. We have just sent another letter: please follow its link.",
  resetWaits: "This reset waits for another admin already.",
  roleWaits: "This role waits for another admin already.",
  mailTaken: "This e-mail is registered already. Please sign in.",
  passwordCommon: "This password is too common and easy to guess. Please choose another.",
  itemCodeTaken: "This code is taken. Please choose another.",
  valueDatedAlready: "That day has an approved value already. Please choose another day.",
  ruleLastPart:
    "A rule needs at least one condition. Where none applies, choose “open to everyone” or “ask us”.",
  ruleTooBig: "The rule is too long or too deeply nested. Please make it shorter.",
  rulePartMisfit:
    "This condition does not fit here: a condition about one person cannot hold one about the household.",
  noValuesThen:
    "Not all values were in force on that day. Please choose another one under “By the values of which day”.",
  casesNotPassed:
    "Not all examples pass, or one for “likely” and one for “not” is missing. It cannot go on yet.",
  fileTooMuch:
    "This file is too large or too complicated; it was not read to the end and nothing was written. Please split it.",
  fileNotAPhoto: "Please upload a photo (JPG, PNG or WebP, up to 10 MB).",
  codeUnknown:
    "There is no such code, or its time is over, or another caseworker opened it. Please compare it with the paper and type it again.",
  shareConsentMissing:
    "This household has not agreed to its details being given to the office that helps. Ask for their consent and record it, then send the referral.",
  alreadyReferred: "This was referred before and is still open. Please go on with that referral.",
  triesMissing:
    "Before you say that they could not be reached, {needed} tries must be on record; there {tries|is|are} {tries} now.",
  ownersWaiting:
    "{n} {n|department has|departments have} not answered yet. Wait for them, or let the lead say why not.",
  leadStays: "The lead cannot be taken off; choose another lead first.",
  entitlementsOpen:
    "This household is likely entitled to {n} more {n|item|items}. Please look at them first, then choose a reason.",
  filesDown:
    "Photos cannot be kept or shown right now; what you filled in is still here. Please try again in a few minutes, or use another proof.",
  dryRunFirst: "Please try out the same files and choices first, and look at the result before writing.",
  tooMuchSent: "That was too much at once and was not taken.",
  noForm:
    "What was sent is no form that can be read, and was not taken. Please go back to the page and fill it in again.",
  linkEnded: "This link has ended: it works once, and only for a while.",
  stepUpNeeded: "Please confirm with your second step first.",
  stepEnded: "This step has run out; please sign in again.",
  passkeyWrong: "The passkey could not be confirmed, or it took too long. Please try again.",
  passkeyKnown: "This passkey has been added already.",
  passkeysEnough: "You can have {n} passkeys at the most. To add another, please remove one first.",
  lastSecondStep:
    "This is the last way to confirm that it is you. To switch it all off, please use “Switch the second step off” below.",
  entryCodeWrong:
    "The code is not right; please look once more. If several came, the newest counts. If it still fails, please call us.",
  entryCodeEnded: "The code has run out, was used, or was wrong too often. Please ask for another.",
  codeNotSent: "The code cannot be sent just now. Please try again in a while, or by mail instead of phone.",
  textsUsedUp: "Today's texts are used up. Please take the code by e-mail, or come back tomorrow.",
  textsOff: "Texts cannot be sent here yet; please give an e-mail address.",
  numberNotReached: "Codes go to mobile numbers of mainland China only. An e-mail address works as well.",
  passwordNeeded:
    "You work here, so sign in with your password. Codes work once your second step is switched on.",
  stepCodeWrong: "The code is not right, or was used before. Wait for the next one on your phone.",
  passwordWrong: "The password is not right.",
  rolesFirst: "You still hold a role. Please ask an administrator to take it away before you leave.",
  giftsOpen:
    "{n} {n|matter is|matters are} not finished yet. Please see the list below, finish them, and then leave.",
  accountKnown: "This address has an account already. Please give the role directly.",
  signInToAccept: "This address has an account already. Please sign in with it, then accept the invitation.",
  keptForAnother:
    "This was filled in with another account, and nothing was sent. Please sign in with that account, or choose “Sign in without what I filled in”.",
  sayWhyNotReached: "Three times nobody was reached: write in a line what you tried, then close it.",
  lookAgain:
    "Everything you filled in is here. Please look it over and send it; files have to be chosen again.",
  afterTheStepAfter: "This must not be later than the next step, nor later than when it was written down.",
};
