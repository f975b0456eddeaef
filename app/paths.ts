import { type Locale, localePrefix } from "./i18n/locales";

/** Where in a list somebody is: its filter and page, as they stand in the address. */
type Place = Readonly<Record<string, string | undefined>>;

const query = (values: Place): string => {
  const search = new URLSearchParams(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined || value === "" ? [] : [[key, value]],
    ),
  );
  return search.size > 0 ? `?${search.toString()}` : "";
};

type Paths = ReturnType<typeof pathsIn>;
const made = new Map<Locale, Paths>();

/** Every URL of the portal. Nothing else writes one by hand. */
export function paths(locale: Locale): Paths {
  const known = made.get(locale) ?? pathsIn(locale);
  // Made once: a page of cards asks for them hundreds of times.
  made.set(locale, known);
  return known;
}

function pathsIn(locale: Locale) {
  const at = (path: string) => `${localePrefix(locale)}${path}` || "/";
  /** A page as a picture, in the two shapes in which there is one. */
  const pictures = (path: string, question = "") => ({
    portrait: at(`${path}/picture/portrait.png`) + question,
    square: at(`${path}/picture/square.png`) + question,
  });
  return {
    home: () => at(""),
    sitePictures: () => pictures(""),
    wishes: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/wishes") + query(filter),
    wishesFeed: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/wishes.atom") + query(filter),
    wish: (code: string) => at(`/wishes/${code}`),
    wishPictures: (code: string) => pictures(`/wishes/${code}`),
    payForLine: (code: string, position: number) => at(`/wishes/${code}/pay/${position}`),
    basket: () => at("/basket"),
    basketCode: () => at("/basket/code"),
    gifts: () => at("/gifts"),
    gift: (code: string) => at(`/gifts/${code}`),
    confirmGift: (code: string) => at(`/gifts/${code}/confirm`),
    giftCsv: (code: string) => at(`/gifts/${code}/path.csv`),
    jointDay: (code: string) => at(`/gifts/${code}/joint-day`),
    jointDayIcs: (code: string) => at(`/gifts/${code}/joint-day.ics`),
    track: (token: string) => at(`/t/${token}`),
    trackPictures: (token: string) => pictures(`/t/${token}`),
    offer: () => at("/offer"),
    signIn: (back?: string) => at("/sign-in") + query({ back }),
    confirmSignUp: (token: string, back?: string) => at(`/confirm-sign-up/${token}`) + query({ back }),
    signInCode: (back?: string) => at("/sign-in/code") + query({ back }),
    signInStep: () => at("/second-step"),
    stepUp: (back?: string) => at("/step-up") + query({ back }),
    passkeyChallenge: () => at("/passkey-challenge"),
    mySecondStep: () => at("/me/second-step"),
    mySessions: () => at("/me/sessions"),
    signUp: (back?: string) => at("/sign-up") + query({ back }),
    forgotPassword: () => at("/forgot-password"),
    newPassword: (token: string) => at(`/new-password/${token}`),
    newMail: (token: string) => at(`/new-mail/${token}`),
    invitation: (token: string) => at(`/invitation/${token}`),
    signOut: () => at("/sign-out"),
    me: () => at("/me"),
    work: () => at("/work"),
    myPassword: () => at("/me/password"),
    myMail: () => at("/me/mail"),
    myName: () => at("/me/name"),
    leave: () => at("/me/leave"),
    myYear: (year?: string) => at("/me/year") + query({ year }),
    myYearFile: (year: string, format: "csv" | "xlsx") => at(`/me/year.${format}`) + query({ year }),
    myYearPictures: (year: string) => pictures("/me/year", query({ year })),
    helpMe: () => at("/help-me"),
    finder: () => at("/help-me/finder"),
    askCallBack: (done?: string) => at("/call-back") + query({ done }),
    callBacks: () => at("/call-backs"),
    lists: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/lists") + query(filter),
    list: (list: "government" | "social", filter: Readonly<Record<string, string | undefined>> = {}) =>
      at(`/lists/${list}`) + query(filter),
    listItem: (list: "government" | "social", code: string, town?: string) =>
      at(`/lists/${list}/${code}`) + query({ town }),
    reportItem: (list: "government" | "social", code: string, done?: "yes") =>
      at(`/lists/${list}/${code}/report`) + query({ done }),
    points: (near?: string) => at("/points") + query({ near }),
    open: (map?: string) => at("/open") + query({ map }),
    town: (code: string) => at(`/towns/${code}`),
    /** The public page of an organisation, by its unified social credit code. */
    publicOrganisation: (creditCode: string) => at(`/organisations/${creditCode}`),
    publicOrganisationPictures: (creditCode: string) => pictures(`/organisations/${creditCode}`),
    /** Figures for other sites: one address in all languages. */
    openData: (file: string) => `/api/open/${file}`,
    accessibility: () => at("/accessibility"),
    elder: () => at("/elder"),
    preferences: () => at("/preferences"),
    field: (before?: string) => at("/field") + query({ before }),
    newWish: (household?: string) => at("/field/new") + query({ household }),
    editWish: (id: string, ask?: "missing") =>
      at(`/field/wishes/${id}/edit`) + query({ [ask ?? "missing"]: ask && "yes" }),
    fieldWish: (id: string) => at(`/field/wishes/${id}`),
    fieldAnswers: () => at("/field/answers"),
    calls: (after?: string) => at("/field/calls") + query({ after }),
    referrals: (place: Place = {}) => at("/field/referrals") + query(place),
    newReferral: (from: Readonly<{ household?: string; item?: string; instead?: string }> = {}) =>
      at("/field/referrals/new") + query(from),
    /** With the place in its list to which its reader goes back. */
    referral: (id: string, place: Place = {}) => at(`/field/referrals/${id}`) + query(place),
    cityReferrals: (place: Place = {}) => at("/referrals") + query(place),
    importWishes: () => at("/field/import"),
    importJob: (id: string) => at(`/field/imports/${id}`),
    wishTemplate: (format: "csv" | "xlsx") => at(`/field/import/template.${format}`),
    hsdsDesk: () => at("/lists-desk/hsds"),
    hsdsNotes: () => at("/lists-desk/hsds/notes.csv"),
    /** The lists for other directories: one address in all languages. */
    hsdsApi: (below = "", question: Readonly<Record<string, string | undefined>> = {}) =>
      `/api/hsds${below}` + query(question),
    review: (place: Place = {}) => at("/review") + query(place),
    /** With the place in the queue to which its reader goes back. */
    reviewNeed: (id: string, place: Place = {}) => at(`/review/${id}`) + query(place),
    compareNeeds: (id: string, otherId: string) => at(`/review/${id}/compare/${otherId}`),
    requests: (place: Place = {}) => at("/requests") + query(place),
    household: (id: string, place: Place = {}) => at(`/households/${id}`) + query(place),
    sheet: (id: string) => at(`/households/${id}/sheet`),
    point: (pointId?: string) => at("/point") + query({ at: pointId }),
    receive: (pointId: string, code?: string) => at("/point/receive") + query({ at: pointId, code }),
    /** What the QR on a donor's page holds: the counter's page with the gift's code. */
    scanGift: (code: string) => at("/point/receive") + query({ code }),
    collection: (id: string) => at(`/point/collections/${id}`),
    countParcel: (pointId: string, pledgeId: string, purchaseId?: string) =>
      at(`/point/receive/gift/${pledgeId}`) + query({ at: pointId, purchase: purchaseId }),
    countOffer: (pointId: string, offerId: string) =>
      at(`/point/receive/offer/${offerId}`) + query({ at: pointId }),
    inspect: (parcelId: string) => at(`/point/inspect/${parcelId}`),
    label: (label: string) => at(`/point/label/${label}`),
    pack: (pointId: string, needId: string) => at(`/point/pack/${needId}`) + query({ at: pointId }),
    storeParcel: (deliveryId: string) => at(`/point/parcels/${deliveryId}`),
    pointJointDay: (id: string) => at(`/point/joint-days/${id}`),
    stock: (pointId: string | undefined, filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/point/stock") + query({ at: pointId, ...filter }),
    deliver: () => at("/deliver"),
    deliverParcel: (deliveryId: string) => at(`/deliver/${deliveryId}`),
    handOver: (deliveryId: string) => at(`/deliver/${deliveryId}/hand-over`),
    notDelivered: (deliveryId: string) => at(`/deliver/${deliveryId}/not-delivered`),
    scanSlip: (token: string) => at(`/s/${token}`),
    file: (fileId: string) => at(`/files/${fileId}`),
    deliveries: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/deliveries") + query(filter),
    delivery: (id: string) => at(`/deliveries/${id}`),
    slip: (id: string) => at(`/deliveries/${id}/slip`),
    publicLabel: (label: string) => at(`/d/${label}`),
    matching: (place: Place = {}) => at("/matching") + query(place),
    finance: () => at("/finance"),
    moneyBook: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/finance/money") + query(filter),
    moneyCsv: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/finance/money.csv") + query(filter),
    goodsBook: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/finance/goods") + query(filter),
    goodsCsv: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/finance/goods.csv") + query(filter),
    services: () => at("/services"),
    feedback: (place: Place = {}) => at("/feedback") + query(place),
    organisation: (before?: string) => at("/organisation") + query({ before }),
    newOrganisationNeed: () => at("/organisation/new"),
    organisationNeed: (id: string) => at(`/organisation/needs/${id}`),
    editOrganisationNeed: (id: string, ask?: "missing") =>
      at(`/organisation/needs/${id}/edit`) + query({ [ask ?? "missing"]: ask && "yes" }),
    companies: () => at("/companies"),
    register: (after?: string) => at("/admin/organisations") + query({ after }),
    enterBody: () => at("/admin/organisations/new"),
    body: (id: string) => at(`/admin/organisations/${id}`),
    listsDesk: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/lists-desk") + query(filter),
    newItem: () => at("/lists-desk/new"),
    deskItem: (code: string) => at(`/lists-desk/items/${code}`),
    deskRule: (code: string, step: Readonly<Record<string, string | undefined>> = {}) =>
      at(`/lists-desk/items/${code}/rule`) + query(step),
    deskValues: () => at("/lists-desk/values"),
    deskFiles: () => at("/lists-desk/files"),
    listsImport: (id: string) => at(`/lists-desk/imports/${id}`),
    listsImportNotes: (id: string) => at(`/lists-desk/imports/${id}/notes.csv`),
    listTemplate: (list: "government" | "social", format: "csv" | "xlsx") =>
      at(`/lists-desk/template.${format}`) + query({ list }),
    listsCsv: (list: "government" | "social") => at("/lists-desk/export.csv") + query({ list }),
    listsXlsx: (list: "government" | "social") => at("/lists-desk/export.xlsx") + query({ list }),
    adminPeople: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/admin/people") + query(filter),
    adminLimits: () => at("/admin/limits"),
    audit: () => at("/audit"),
    roleChanges: () => at("/audit/roles"),
    trail: (filter: Readonly<Record<string, string | undefined>> = {}) => at("/audit/use") + query(filter),
    trailCsv: (filter: Readonly<Record<string, string | undefined>> = {}) =>
      at("/audit/use.csv") + query(filter),
    demoMail: (to?: string) => at("/demo/mail") + query({ to }),
    gallery: () => at("/dev/gallery"),
  };
}

/**
 * The same page in another language: path and query stay, only the locale's segment changes. Whatever stood
 * in the address it stays in this house: what is left of `/en//elsewhere.example` begins with one slash, for
 * two would name another site.
 */
export function samePageIn(locale: Locale, pathname: string, search: string): string {
  const bare = pathname.replace(/^\/(zh-Hans|zh-Hant|en)(?=\/|$)/, "").replace(/^[/\\]+/, "/");
  return `${localePrefix(locale)}${bare === "/" ? "" : bare}` + search || "/";
}

/** By this word in its address a page knows that its reader has just chosen its language by hand. */
const CHOSEN = "chosen-language";

/**
 * The switch of a page to another language: an address that no cache keeps, which remembers the language and
 * leads on to `chosenPage`.
 */
export const switchTo = (locale: Locale, pathname: string, search: string): string =>
  `${samePageIn(locale, pathname, search)}${search === "" ? "?" : "&"}${CHOSEN}`;

/** The page to which such an address leads on; undefined for every other address. */
export function chosenPage(locale: Locale, { pathname, searchParams }: URL): string | undefined {
  if (!searchParams.has(CHOSEN)) return undefined;
  const asked = new URLSearchParams(searchParams);
  asked.delete(CHOSEN);
  return samePageIn(locale, pathname, asked.size === 0 ? "" : `?${asked.toString()}`);
}
