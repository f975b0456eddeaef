/** What we use of the library; it ships without types. */
declare module "opentype.js" {
  type Command = Readonly<{
    type: "M" | "L" | "Q" | "C" | "Z";
    x?: number;
    y?: number;
    x1?: number;
    y1?: number;
    x2?: number;
    y2?: number;
  }>;
  type Glyph = Readonly<{
    advanceWidth: number;
    getPath(x: number, y: number, size: number): { commands: readonly Command[] };
  }>;
  const opentype: {
    parse(bytes: ArrayBuffer): Readonly<{
      unitsPerEm: number;
      charToGlyph(letter: string): Glyph;
      charToGlyphIndex(letter: string): number;
    }>;
  };
  export default opentype;
}
