import { FEWEST_OF_A_ROW } from "~/domain/kernel/pooled";

/** What each column of the open figures means, in the order in which they stand in a file. */
export const OPEN_DATASETS = {
  wishes: {
    title: "Public wishes, by town and item",
    columns: {
      town_code: "code of the town or subdistrict; empty in the row that puts small rows together",
      town: "its name in simplified Chinese",
      item_code: "code of the kind of thing or service",
      item: "its name in simplified Chinese",
      wishes: "how many public wishes the row stands for",
      requested: "units asked for",
      claimed: "units pledged, at a service point or delivered",
      delivered: "units delivered",
    },
  },
  goods: {
    title: "Goods book: units by month and way",
    columns: {
      month: "calendar month in Asia/Shanghai (YYYY-MM); empty in the row that puts small rows together",
      from: "where they left: donor, supplier, point, courier, recipient, returned, disposed, lost or split",
      to: "where they came to, of the same",
      moves: "how many moves the row stands for",
      units: "units moved",
      value_fen: "their value in fen (hundredths of a yuan); nothing for goods that could not be valued",
    },
  },
  money: {
    title: "Money book: amounts by month and kind",
    columns: {
      month: "calendar month in Asia/Shanghai (YYYY-MM); empty in the row that puts small rows together",
      kind: "receive, commit, uncommit, spend, top_up, refund or reverse",
      entries: "how many entries the row stands for",
      amount_fen: "their amount in fen (hundredths of a yuan)",
    },
  },
} as const satisfies Record<string, Readonly<{ title: string; columns: Readonly<Record<string, string>> }>>;
export type OpenDataset = keyof typeof OPEN_DATASETS;

export const OPEN_LICENCE = {
  name: "Creative Commons Attribution 4.0 International",
  spdx: "CC-BY-4.0",
  url: "https://creativecommons.org/licenses/by/4.0/",
  attribution: "红心 Hongxin",
} as const;

/** The description of the open figures for programs: their files, their columns, and their licence. */
export const openSchema = (base: string) => ({
  licence: OPEN_LICENCE,
  fewest_of_a_row: FEWEST_OF_A_ROW,
  privacy: `No row stands for fewer than ${FEWEST_OF_A_ROW}; what is fewer is put together in one row, or left out.`,
  datasets: Object.entries(OPEN_DATASETS).map(([name, { title, columns }]) => ({
    name,
    title,
    csv: `${base}/${name}.csv`,
    json: `${base}/${name}.json`,
    columns: Object.entries(columns).map(([column, means]) => ({ name: column, means })),
  })),
});
