import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import formats from "ajv-formats";

const PLACES = [process.env["HSDS_SCHEMAS"], "../shared/data/hsds-3.0", "../../shared/data/hsds-3.0"];

/**
 * Where the published schemas of HSDS 3.0 lie; undefined where the checkout stands alone. They are not ours
 * to copy (CC BY-SA).
 */
export const publishedSchemas: string | undefined = PLACES.find(
  (place) => place !== undefined && existsSync(path.join(place, "service.json")),
);

/** The schema and all within it, with no key allowed that it does not name. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  return "properties" in inner ? { ...inner, additionalProperties: false } : inner;
}

/** What is wrong with a record by the published schema of that name. */
export type PublishedCheck = (name: string, record: unknown) => string[];

export function readPublishedSchemas(folder: string): PublishedCheck {
  // The schemas carry keywords of their own (name, path, core, example …).
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats(ajv);
  const base = "https://schemas.test/";
  for (const file of readdirSync(folder).filter(
    (name) => name.endsWith(".json") && name !== "openapi.json",
  )) {
    const schema = strict(JSON.parse(readFileSync(path.join(folder, file), "utf8"))) as object;
    ajv.addSchema({ ...schema, $id: base + file });
  }

  return (name, record) => {
    const check = ajv.getSchema(`${base}${name}.json`);
    if (!check) throw new Error(`no published schema is called ${name}`);
    return check(record)
      ? []
      : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`);
  };
}
