import type { QrDrawing } from "~/http/qr.server";

/** A QR code in black on white in every mode, since phones read no other; `label` says where it leads. */
export const QrCode = ({
  drawing,
  label,
  className = "size-40",
}: {
  drawing: QrDrawing;
  label: string;
  className?: string;
}) => (
  <svg
    role="img"
    aria-label={label}
    viewBox={`-4 -4 ${drawing.size + 8} ${drawing.size + 8}`}
    className={className}
    shapeRendering="crispEdges"
  >
    <rect x="-4" y="-4" width={drawing.size + 8} height={drawing.size + 8} fill="#ffffff" />
    <path d={drawing.path} fill="#000000" />
  </svg>
);
