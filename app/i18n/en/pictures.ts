import type { Translation } from "../messages";

export const pictures: Translation<"pictures"> = {
  wish: "A small wish",
  wishScan: "Scan to see how this wish stands now",
  giftScan: "Scan to see how far it has come",
  site: "Somebody near you needs a small thing",
  siteScan: "Scan to see who is waiting",
  asOf: "As of {day}",
  moneyGiven: "given so far",
  moneyAsked: "needed",
  moneySpent: "spent so far",
  moneyOfGift: "given",
  tellTitle: "Tell others",
  tellHint: "Perhaps somebody you know can help.",
  tellSays: "{title}: see whether you can help",
  send: "Send it to family and friends",
  copy: "Copy the link",
  copied: "Copied",
  saveTall: "Save a picture (tall)",
  saveSquare: "Save a picture (square)",
};
