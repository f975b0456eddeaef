import { connect } from "~db/client";
import { gifts, type Order } from "./giving";

// Run as a process of its own: one copy of the portal's use cases, which gives as it is told and says how it
// went.
const connection = connect(process.argv[2] ?? "");
process.on("message", (order: Order) => {
  void gifts(connection.db, order).then((figures) => process.send?.(figures));
});
