import type { QrDrawing } from "~/http/qr.server";
import { useT } from "~/i18n/useT";
import { QrCode } from "~/ui/store/QrCode";
import { Button } from "../primitives/Button";
import { Card } from "../primitives/Page";
import { SendOn } from "../shell/SendOn";

/** A link, its code to scan, and the picture of what it shows. */
type ShareLink = Readonly<{
  url: string;
  qr: QrDrawing;
  picture: Readonly<{ portrait: string; square: string }>;
}>;

type Props = Readonly<{
  /** The link while it is known: its word is kept nowhere, and can be shown once. */
  share: ShareLink | undefined;
  /** What the gift is, in its readers' words. */
  gift: string;
  hint: string;
  /** Whether the reader may make a link where none is known. */
  mayMake?: boolean;
}>;

/** The link by which others follow a gift without an account, or the button that makes one. */
export function ShareGift({ share, gift, hint, mayMake = false }: Props) {
  const t = useT();
  if (!share && !mayMake) return null;
  return (
    <Card className="no-print mt-4">
      <h2 className="text-4">{t("gifts.share")}</h2>
      <p className="mt-1 text-2 text-muted">{hint}</p>
      {share ? (
        <LinkToSend {...share} gift={gift} />
      ) : (
        <form method="post" className="mt-3">
          <Button look="secondary" name="intent" value="renew">
            {t("gifts.newTrackLink")}
          </Button>
        </form>
      )}
    </Card>
  );
}

/** To send by the phone's own sheet, to copy, to scan; without scripts to read. */
function LinkToSend({ url, qr, picture, gift }: ShareLink & Readonly<{ gift: string }>) {
  const t = useT();
  return (
    <>
      <p className="mt-3 rounded-md bg-sunken p-3 text-2 break-all">{url}</p>
      <SendOn url={url} text={t("gifts.shareSays", { gift })} picture={picture} />
      {/* Folded away, so that nobody takes it for the code that the counter asks for. */}
      <details className="mt-2">
        <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
          {t("gifts.shareScan")}
        </summary>
        <QrCode drawing={qr} label={t("gifts.shareQr")} className="mt-2 size-40" />
      </details>
    </>
  );
}
