import { z } from "zod";
import {
  ApiInfo,
  ApiRefusal,
  HSDS_LISTS,
  HSDS_VERSION,
  type HsdsListName,
  pageShape,
  parametersOf,
} from "./endpoints";
import { SHAPES } from "./shapes";

const SUMMARIES: Readonly<Record<HsdsListName, string>> = {
  services: "The published entries of the two lists",
  organizations: "Who provides them",
  service_at_locations: "Where they are had",
  taxonomies: "How they are filed",
  taxonomy_terms: "The terms of the taxonomies",
};

const at = (name: string) => `#/components/schemas/${name}`;

/** Schemas of our zod description, each under its name and referring to the others by theirs. */
function schemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [name, shape] of Object.entries(SHAPES)) registry.add(shape, { id: name });
  const made = z.toJSONSchema(registry, { uri: at }).schemas;
  return Object.fromEntries(
    Object.entries({ ...made, api: plain(ApiInfo), refusal: plain(ApiRefusal) }).map(([name, schema]) => [
      name,
      withoutOwnName(schema),
    ]),
  );
}

const withoutOwnName = ({ $id: _id, $schema: _schema, ...schema }: Readonly<Record<string, unknown>>) =>
  schema;
const plain = (shape: z.ZodType) => withoutOwnName(z.toJSONSchema(shape));

const json = (description: string, schema: unknown) => ({
  description,
  content: { "application/json": { schema } },
});
const refusal = (description: string) => json(description, { $ref: at("refusal") });

/** The OpenAPI 3.1 document of the HSDS address, made from the shapes that answers are tested against. */
export function openApi(serverUrl: string) {
  const lists = (Object.keys(HSDS_LISTS) as HsdsListName[]).flatMap((list) => {
    const { name } = HSDS_LISTS[list];
    const page = plain(pageShape(z.unknown()));
    const properties = {
      ...(page["properties"] as object),
      contents: { type: "array", items: { $ref: at(name) } },
    };
    const parameters = parametersOf(list).map(({ name: parameter, shape, must }) => ({
      name: parameter,
      in: "query",
      required: false,
      description: must,
      schema: plain(shape),
    }));
    const all = {
      ...json(SUMMARIES[list], { ...page, properties }).content,
      "application/x-ndjson": { schema: { $ref: at(name) } },
    };
    const id = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };
    return [
      [
        `/${list}`,
        {
          get: {
            summary: SUMMARIES[list],
            parameters,
            responses: {
              200: { description: SUMMARIES[list], content: all },
              400: refusal("A parameter is wrong"),
            },
          },
        },
      ],
      [
        `/${list}/{id}`,
        {
          get: {
            summary: `One ${name}`,
            parameters: [id],
            responses: { 200: json(`The ${name}`, { $ref: at(name) }), 404: refusal("Nothing has this id") },
          },
        },
      ],
    ] as const;
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Hongxin: the two lists as Open Referral HSDS",
      version: HSDS_VERSION,
      description: "Read only, open to everybody.",
    },
    servers: [{ url: serverUrl }],
    paths: {
      "/": {
        get: {
          summary: "About this address",
          responses: { 200: json("Version and profile", { $ref: at("api") }) },
        },
      },
      ...Object.fromEntries<unknown>(lists),
    },
    components: { schemas: schemas() },
  };
}
