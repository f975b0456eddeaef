import type { UseCaseContext } from "~/domain/kernel/context.server";
import { paths } from "~/paths";
import { drawQr } from "./qr.server";

/** The link of a gift as it is sent on: its address, the code to scan, and where its pictures are. */
export function shareLink({ locale, publicUrl }: UseCaseContext, token: string) {
  const at = paths(locale);
  const url = publicUrl + at.track(token);
  return { url, qr: drawQr(url), picture: at.trackPictures(token) };
}
