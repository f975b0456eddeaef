import type { Database } from "./context.server";

/**
 * A statement that is built once for each database, with places for what is asked: to build one anew costs a
 * page more than to send it. Inside of a transaction it is built for that transaction.
 */
export function builtOnce<Statement>(build: (db: Database) => Statement): (db: Database) => Statement {
  const known = new WeakMap<Database, Statement>();

  return (db) => {
    const statement = known.get(db) ?? build(db);
    known.set(db, statement);
    return statement;
  };
}
