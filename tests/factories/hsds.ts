import { uuid5 } from "~/domain/directory/hsds/ids.server";
import type { InputFile } from "~/domain/directory/hsds/readPackage.server";

export const idOf = (name: string): string => uuid5(`elsewhere:${name}`);

type Json = Record<string, unknown>;

/** A service as another directory would give it out: complete, with an organization. Say only what your test is about. */
export const aForeignService = (name: string, more: Json = {}): Json => ({
  id: idOf(name),
  name,
  description: `${name}的内容`,
  status: "active",
  eligibility_description: "需要的人",
  last_modified: "2026-02-01T00:00:00.000Z",
  service_areas: [{ id: idOf(`${name} area`), name: "全市", extent: "442000", extent_type: "CN-GB2260" }],
  organization: { id: idOf("organization"), name: "演示服务中心", description: "演示服务中心" },
  ...more,
});

const file = (name: string, text: string): InputFile => ({ name, bytes: Buffer.from(text) });

export const json = (...records: unknown[]): InputFile => file("services.json", JSON.stringify(records));
export const ndjson = (text: string): InputFile => file("services.ndjson", text);

/** A table of a package: a header and rows, given as text. */
export const table = (name: string, head: string, ...rows: string[]): InputFile => file(`${name}.csv`, [head, ...rows].join("\r\n"));
