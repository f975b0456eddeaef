import { useT } from "~/i18n/useT";
import { Button, TextLink } from "../primitives/Button";

type Props = Readonly<{
  url: string;
  /** What goes along with the link. */
  text: string;
  /** Where the page's picture is, in either shape. */
  picture: Readonly<{ portrait: string; square: string }>;
}>;

/**
 * To send a page on: by the phone's own sheet, with its picture where that takes one; as a link to copy; as a
 * picture to save, which needs no script.
 */
export function SendOn({ url, text, picture }: Props) {
  const t = useT();
  return (
    <div className="no-print mt-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="button"
          data-act="share"
          data-url={url}
          data-text={text}
          data-picture={picture.portrait}
        >
          {t("pictures.send")}
        </Button>
        <Button
          type="button"
          look="secondary"
          data-act="copy"
          data-url={url}
          data-said={t("pictures.copied")}
        >
          {t("pictures.copy")}
        </Button>
        <span role="status" className="text-2 text-jade" />
      </div>
      <p className="mt-1 flex flex-wrap gap-x-5">
        <TextLink to={picture.portrait} download="hongxin.png" reloadDocument>
          {t("pictures.saveTall")}
        </TextLink>
        <TextLink to={picture.square} download="hongxin-square.png" reloadDocument>
          {t("pictures.saveSquare")}
        </TextLink>
      </p>
    </div>
  );
}
