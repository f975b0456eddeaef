import type { Translation } from "../messages";

export const work: Translation<"work"> = {
  organisation: "Our needs",
  field: "My visits",
  review: "Review",
  point: "Service point",
  deliver: "I deliver",
  deliveries: "Deliveries",
  referrals: "Referrals",
  cityReferrals: "Referrals overseen",
  services: "Services",
  matching: "Matching",
  feedback: "Feedback",
  finance: "Finance",
  moneyBook: "Money book",
  goodsBook: "Goods book",
  companies: "Companies",
  people: "People and roles",
  limits: "Limits",
  audit: "Audit",
};
