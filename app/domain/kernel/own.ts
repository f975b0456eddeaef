/**
 * Whether a table of ours has this name itself. What every object has ("constructor", "toString") is no name
 * of ours, whoever types it.
 */
export const isNameIn = <Table extends object>(table: Table, name: PropertyKey): name is keyof Table =>
  Object.hasOwn(table, name);

/**
 * The names in a table of ours, in their order. Object.keys forgets them, since an object may have more than
 * its type says; a table that was written down here has no more.
 */
export const namesIn = <Table extends object>(table: Table): readonly (keyof Table & string)[] =>
  Object.keys(table) as (keyof Table & string)[];

/**
 * What stands in a table of ours under a name that comes from outside: from a form, an address, a cookie, a
 * file, a row.
 */
export const ownOf = <Table extends object>(
  table: Table,
  name: PropertyKey,
): Table[keyof Table] | undefined => (isNameIn(table, name) ? table[name] : undefined);
