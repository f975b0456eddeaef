import { localePrefix, type Locale } from "./i18n/locales";

const query = (values: Readonly<Record<string, string | undefined>>): string => {
  const search = new URLSearchParams(Object.entries(values).flatMap(([key, value]) => (value === undefined || value === "" ? [] : [[key, value]])));
  return search.size > 0 ? `?${search.toString()}` : "";
};

/** Every URL of the portal. Nothing else writes one by hand. */
export function paths(locale: Locale) {
  const at = (path: string) => `${localePrefix(locale)}${path}` || "/";
  return {
    home: () => at(""),
    wishes: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/wishes") + query(filter),
    wish: (code: string) => at(`/wishes/${code}`),
    payForLine: (code: string, position: number) => at(`/wishes/${code}/pay/${position}`),
    basket: () => at("/basket"),
    gifts: () => at("/gifts"),
    gift: (code: string) => at(`/gifts/${code}`),
    confirmGift: (code: string) => at(`/gifts/${code}/confirm`),
    giftCsv: (code: string) => at(`/gifts/${code}/path.csv`),
    track: (token: string) => at(`/t/${token}`),
    offer: () => at("/offer"),
    signIn: (back?: string) => at("/sign-in") + query({ back }),
    signUp: (back?: string) => at("/sign-up") + query({ back }),
    signOut: () => at("/sign-out"),
    me: () => at("/me"),
    helpMe: () => at("/help-me"),
    finder: () => at("/help-me/finder"),
    lists: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/lists") + query(filter),
    list: (list: "government" | "social", filter: Readonly<Record<string, string | undefined>> = {}) => at(`/lists/${list}`) + query(filter),
    listItem: (list: "government" | "social", code: string, town?: string) => at(`/lists/${list}/${code}`) + query({ town }),
    points: () => at("/points"),
    open: () => at("/open"),
    accessibility: () => at("/accessibility"),
    elder: () => at("/elder"),
    preferences: () => at("/preferences"),
    field: (before?: string) => at("/field") + query({ before }),
    newWish: () => at("/field/new"),
    editWish: (id: string) => at(`/field/wishes/${id}/edit`),
    fieldWish: (id: string) => at(`/field/wishes/${id}`),
    fieldAnswers: () => at("/field/answers"),
    calls: (after?: string) => at("/field/calls") + query({ after }),
    referrals: (after?: string) => at("/field/referrals") + query({ after }),
    newReferral: (from: Readonly<{ household?: string; item?: string; instead?: string }> = {}) => at("/field/referrals/new") + query(from),
    referral: (id: string) => at(`/field/referrals/${id}`),
    cityReferrals: (filter: Readonly<{ view?: string | undefined; after?: string | undefined }> = {}) => at("/referrals") + query(filter),
    importWishes: () => at("/field/import"),
    review: (after?: string) => at("/review") + query({ after }),
    reviewNeed: (id: string) => at(`/review/${id}`),
    household: (id: string) => at(`/households/${id}`),
    sheet: (id: string) => at(`/households/${id}/sheet`),
    point: (pointId?: string) => at("/point") + query({ at: pointId }),
    receive: (pointId: string, code?: string) => at("/point/receive") + query({ at: pointId, code }),
    countParcel: (pointId: string, pledgeId: string, purchaseId?: string) => at(`/point/receive/gift/${pledgeId}`) + query({ at: pointId, purchase: purchaseId }),
    countOffer: (pointId: string, offerId: string) => at(`/point/receive/offer/${offerId}`) + query({ at: pointId }),
    inspect: (parcelId: string) => at(`/point/inspect/${parcelId}`),
    label: (label: string) => at(`/point/label/${label}`),
    pack: (pointId: string, needId: string) => at(`/point/pack/${needId}`) + query({ at: pointId }),
    storeParcel: (deliveryId: string) => at(`/point/parcels/${deliveryId}`),
    stock: (pointId: string, filter: Readonly<Record<string, string | undefined>> = {}) => at("/point/stock") + query({ at: pointId, ...filter }),
    deliver: () => at("/deliver"),
    deliverParcel: (deliveryId: string) => at(`/deliver/${deliveryId}`),
    handOver: (deliveryId: string) => at(`/deliver/${deliveryId}/hand-over`),
    notDelivered: (deliveryId: string) => at(`/deliver/${deliveryId}/not-delivered`),
    scanSlip: (token: string) => at(`/s/${token}`),
    file: (fileId: string) => at(`/files/${fileId}`),
    deliveries: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/deliveries") + query(filter),
    delivery: (id: string) => at(`/deliveries/${id}`),
    slip: (id: string) => at(`/deliveries/${id}/slip`),
    publicLabel: (label: string) => at(`/d/${label}`),
    matching: () => at("/matching"),
    finance: () => at("/finance"),
    moneyBook: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/finance/money") + query(filter),
    moneyCsv: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/finance/money.csv") + query(filter),
    goodsBook: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/finance/goods") + query(filter),
    goodsCsv: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/finance/goods.csv") + query(filter),
    services: () => at("/services"),
    feedback: () => at("/feedback"),
    organisation: (before?: string) => at("/organisation") + query({ before }),
    newProject: () => at("/organisation/new"),
    project: (id: string) => at(`/organisation/needs/${id}`),
    editProject: (id: string) => at(`/organisation/needs/${id}/edit`),
    companies: () => at("/companies"),
    adminPeople: () => at("/admin/people"),
    adminLimits: () => at("/admin/limits"),
    audit: () => at("/audit"),
    demoMail: () => at("/demo/mail"),
    gallery: () => at("/dev/gallery"),
  };
}

/** The same page in another language: path and query stay, only the locale's segment changes. */
export function samePageIn(locale: Locale, pathname: string, search: string): string {
  const bare = pathname.replace(/^\/(zh-Hant|en)(?=\/|$)/, "");
  return `${localePrefix(locale)}${bare === "/" ? "" : bare}` + search || "/";
}
