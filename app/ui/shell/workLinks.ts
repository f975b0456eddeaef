import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { paths } from "~/paths";
import type { Role } from "~db/schema/identity";

type Room = Readonly<{
  label: MessageKey;
  to: (at: ReturnType<typeof paths>) => string;
  roles: readonly Role[];
}>;

const ROOMS: readonly Room[] = [
  {
    label: "work.day",
    to: (at) => at.work(),
    roles: ["caseworker", "town_reviewer", "operator", "storekeeper", "courier"],
  },
  {
    label: "work.organisation",
    to: (at) => at.organisation(),
    roles: ["org_viewer", "org_editor", "org_manager"],
  },
  { label: "work.field", to: (at) => at.field(), roles: ["caseworker"] },
  { label: "work.requests", to: (at) => at.requests(), roles: ["caseworker", "town_reviewer", "admin"] },
  { label: "work.callBacks", to: (at) => at.callBacks(), roles: ["caseworker", "town_reviewer", "admin"] },
  { label: "work.review", to: (at) => at.review(), roles: ["town_reviewer", "operator"] },
  { label: "work.point", to: (at) => at.point(), roles: ["storekeeper"] },
  { label: "work.deliver", to: (at) => at.deliver(), roles: ["courier", "caseworker"] },
  {
    label: "work.deliveries",
    to: (at) => at.deliveries(),
    roles: ["caseworker", "town_reviewer", "operator"],
  },
  { label: "work.referrals", to: (at) => at.referrals(), roles: ["caseworker"] },
  { label: "work.cityReferrals", to: (at) => at.cityReferrals(), roles: ["town_reviewer", "operator"] },
  { label: "work.services", to: (at) => at.services(), roles: ["caseworker", "town_reviewer"] },
  { label: "work.matching", to: (at) => at.matching(), roles: ["operator"] },
  { label: "work.feedback", to: (at) => at.feedback(), roles: ["operator"] },
  { label: "work.hsds", to: (at) => at.hsdsDesk(), roles: ["operator"] },
  { label: "work.finance", to: (at) => at.finance(), roles: ["finance"] },
  { label: "work.moneyBook", to: (at) => at.moneyBook(), roles: ["finance", "auditor", "operator"] },
  { label: "work.goodsBook", to: (at) => at.goodsBook(), roles: ["finance", "auditor", "operator"] },
  { label: "work.listsDesk", to: (at) => at.listsDesk(), roles: ["operator"] },
  { label: "work.companies", to: (at) => at.companies(), roles: ["operator"] },
  { label: "work.register", to: (at) => at.register(), roles: ["operator", "admin"] },
  { label: "work.people", to: (at) => at.adminPeople(), roles: ["admin"] },
  { label: "work.limits", to: (at) => at.adminLimits(), roles: ["admin"] },
  { label: "work.audit", to: (at) => at.audit(), roles: ["auditor", "town_reviewer"] },
];

/** The rooms that these roles open, in the order of a wish's way. */
export const workLinks = (roles: readonly Role[], locale: Locale): { label: MessageKey; to: string }[] =>
  ROOMS.filter((room) => room.roles.some((role) => roles.includes(role))).map((room) => ({
    label: room.label,
    to: room.to(paths(locale)),
  }));
