/** The one function of the library that we use; it ships without types. */
declare module "qrcode" {
  const QRCode: {
    create(
      segments: readonly Readonly<{ data: string; mode: "byte" }>[],
      options: { errorCorrectionLevel: "L" | "M" | "Q" | "H" },
    ): { modules: { size: number; get(row: number, column: number): number } };
  };
  export default QRCode;
}
