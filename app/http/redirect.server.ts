/** A way back that stays in this house: a path of our own, never another site, never a script. */
export const safeBack = (back: string | null | undefined, otherwise: string): string =>
  back && /^\/(?![/\\])[^\s\\]*$/.test(back) ? back : otherwise;
