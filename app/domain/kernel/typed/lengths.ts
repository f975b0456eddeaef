/**
 * The most signs of every text that people type, counted as a browser counts them. Schemas refuse more, forms
 * show the same as `maxLength`: one number for both. Numbers, amounts and codes have room for the blanks,
 * commas and marks that people put into them.
 */
export const LENGTHS = {
  /** Fields of one number, amount or code. */
  number: 12,
  years: 8,
  month: 10,
  amount: 24,
  code: 24,
  search: 60,

  /** Accounts and people. */
  mail: 120,
  password: 128,
  stepCode: 40,
  displayName: 40,
  passkeyName: 40,
  personName: 60,
  phone: 30,
  creditCode: 30,

  /** A household's sealed record. */
  address: 200,
  disability: 200,
  illness: 200,
  dibaoNumber: 60,
  income: 60,
  school: 100,
  village: 100,
  guardian: 60,
  idNumber: 30,

  /** Wishes and needs. */
  title: 60,
  story: 1000,
  pseudonym: 20,
  item: 60,
  details: 200,
  moneyFor: 60,

  /** Giving, delivering, hearing. */
  offer: 200,
  courier: 40,
  waybill: 40,
  secret: 80,
  witness: 60,
  provider: 40,
  feedback: 500,
  publicWords: 300,
  words: 500,

  /** Money and registers. */
  supplier: 80,
  voucher: 60,
  evidence: 60,
  bodyName: 60,
  bodyNameEn: 120,
  registration: 60,
  account: 65,

  /** Entries of the two lists. */
  entryName: 80,
  entryNameEn: 160,
  category: 80,
  targetGroup: 600,
  content: 1200,
  standard: 600,
  entryProvider: 120,
  howToApply: 1200,
  paper: 80,
  papers: 1640,
  place: 200,
  entryPhone: 60,
  hours: 120,
  url: 300,
  source: 200,
  caseName: 80,

  /** Referrals. */
  department: 60,
  departments: 600,
} as const;
