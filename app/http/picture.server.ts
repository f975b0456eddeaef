import { rememberedInstallation } from "~/domain/identity/queries.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { ownOf } from "~/domain/kernel/own";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";
import type { Picture, Shape } from "~/pictures/picture";
import { pictureAsPng } from "~/pictures/render.server";
import type { RouteArgs } from "./context.server";
import { PRIVATE_PAGE } from "./privatePage.server";
import { drawQr } from "./qr.server";
import { hasTag, tagOf } from "./tag.server";

/** Raised when pictures of the same facts look otherwise: what a browser has of before is old then. */
const DESIGN = 1;
const FILES = { "portrait.png": "portrait", "square.png": "square" } as const satisfies Record<string, Shape>;
/**
 * As old as a public page may be: what leaves the public pages leaves pictures of it at once. As with pages,
 * nothing is kept of what somebody signed in was answered.
 */
const FOR_CACHES = { "Cache-Control": "public, max-age=0, s-maxage=5" };

/** The shape that an address names. @throws {DomainError} NOT_FOUND for any other */
export function shapeFrom({ params }: Pick<RouteArgs, "params">): Shape {
  const shape = ownOf(FILES, params["file"] ?? "");
  if (shape === undefined) throw new DomainError("NOT_FOUND");
  return shape;
}

/** What a picture shows besides what all have in common; `path` is where its code leads. */
export type Shown = Readonly<
  Pick<Picture, "label" | "title" | "place" | "drawing" | "units" | "figures" | "invitation"> & {
    path: string;
  }
>;

async function pictureOf(ctx: UseCaseContext, { path, ...shown }: Shown): Promise<Picture> {
  const place = await rememberedInstallation(ctx);
  const t = serverT(ctx.locale, ["shell", "pictures"]);
  const url = ctx.publicUrl + path;
  return {
    house: t("shell.name"),
    city: nameIn(ctx.locale, {
      nameHans: place.cityNameHans,
      nameHant: place.cityNameHant,
      nameEn: place.cityNameEn,
    }),
    ...shown,
    address: url.replace(/^https?:\/\//, ""),
    asOf: t("pictures.asOf", { day: day(ctx.locale, ctx.now()) }),
    qr: drawQr(url),
  };
}

/**
 * The picture as a PNG in the shape that was asked for. Whoever has it already is told so without drawing it.
 *
 * @param of whose it is: everybody's, or only of whoever has the link or the session
 * @throws {DomainError} TOO_BUSY where too many pictures wait to be drawn
 */
export async function pictureAnswer(
  { request, params }: Pick<RouteArgs, "request" | "params">,
  ctx: UseCaseContext,
  shown: Shown,
  of: "everybody" | "its reader",
): Promise<Response> {
  const shape = shapeFrom({ params });
  const picture = await pictureOf(ctx, shown);
  const tag = tagOf(JSON.stringify([DESIGN, shape, picture]));
  const isKept = of === "everybody" && ctx.actor.kind === "visitor";
  const headers = { ...(isKept ? FOR_CACHES : PRIVATE_PAGE), ETag: tag };
  if (hasTag(request.headers.get("if-none-match"), tag)) return new Response(null, { status: 304, headers });
  const png = await pictureAsPng(tag, picture, shape);
  return new Response(png, {
    headers: { ...headers, "Content-Type": "image/png", "Content-Length": String(png.length) },
  });
}
