import type { Translation } from "../messages";

export const work: Translation<"work"> = {
  organisation: "Our needs",
  field: "My visits",
  requests: "Recipients' requests",
  review: "Review",
  point: "Service point",
  deliver: "I deliver",
  deliveries: "Deliveries",
  services: "Services",
  matching: "Matching",
  feedback: "Feedback",
  hsds: "Exchange lists",
  finance: "Finance",
  moneyBook: "Money book",
  goodsBook: "Goods book",
  listsDesk: "Keeping the lists",
  companies: "Companies",
  register: "Organisations",
  people: "People and roles",
  limits: "Limits",
  audit: "Audit",
};
