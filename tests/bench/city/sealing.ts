import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import {
  type DataKey,
  HOUSEHOLDS_OWN,
  type Keyring,
  seal,
  sealUnder,
  unseal,
  unsealUnder,
  unwrapDataKey,
  wrapDataKey,
} from "~/domain/kernel/sealing.server";
import { SEALED_COLUMNS, UNDER_HOUSEHOLDS } from "~/domain/sealed/sealedColumns.server";
import type { Part } from "./parts";
import { type Copy, type Renewed, renewedId } from "./renewed";
import type { Row } from "./template";

type Place = Readonly<{ key: string; place: (id: string) => string }>;

const tableOf = (column: { table: unknown }): string =>
  is(column.table, PgTable) ? getTableConfig(column.table).name : "";

/** Of every sealed column, by table and column, with which place its values are sealed. */
const PLACES: ReadonlyMap<string, Place> = new Map<string, Place>([
  ...UNDER_HOUSEHOLDS.map((name): [string, Place] => {
    const place = name.replace(/_sealed$/, "");
    return [name, { key: "id", place: (id) => `${place}:${id}` }];
  }),
  ...SEALED_COLUMNS.map(({ column, key, place }): [string, Place] => [
    `${tableOf(column)}.${column.name}`,
    { key: key.name, place },
  ]),
]);

/** The keys that the households of a part have in the demo. */
export const dataKeysOf = (keys: Keyring, { rows }: Part): DataKey[] =>
  rows.flatMap(({ table, row }) =>
    table === "household" && row.id && row.data_key_wrapped
      ? [unwrapDataKey(keys, row.id, row.data_key_wrapped)]
      : [],
  );

/** What a sealed value of the demo is in a copy: the same, sealed for the place where it stands then. */
export function resealed(
  keys: Keyring,
  own: readonly DataKey[],
  { table, column, row }: Readonly<{ table: string; column: string; row: Row }>,
): Renewed | undefined {
  const sealed = row[column];
  const place = PLACES.get(`${table}.${column}`);
  if (place === undefined || sealed === null || sealed === undefined) return undefined;
  const id = row[place.key] ?? "";
  const renewed = renewedId(id);
  const at = (copy: Copy) => place.place(renewed(copy));
  if (column === "data_key_wrapped") {
    const dataKey = unwrapDataKey(keys, id, sealed);
    return (copy) => wrapDataKey(keys, renewed(copy), dataKey);
  }

  if (sealed.split(":")[1] !== HOUSEHOLDS_OWN) {
    const plain = unseal(keys, place.place(id), sealed);
    return (copy) => seal(keys, at(copy), plain);
  }

  for (const dataKey of own) {
    try {
      const plain = unsealUnder(dataKey, place.place(id), sealed);
      return (copy) => sealUnder(dataKey, at(copy), plain);
    } catch {
      // Another household's of the same part.
    }
  }

  throw new Error(`${table}.${column} of ${id} opens with no key of its part`);
}
