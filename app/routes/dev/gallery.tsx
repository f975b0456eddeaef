import { readInstallation } from "~/domain/identity/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale } from "~/i18n/useT";
import { paths } from "~/paths";
import { DrawingSamples } from "~/ui/gallery/DrawingSamples";
import { FormSamples } from "~/ui/gallery/FormSamples";
import { ShownSamples } from "~/ui/gallery/ShownSamples";
import { Page } from "~/ui/primitives/Page";
import { useRoot } from "~/ui/shell/useRoot";

/** Every primitive in every state, where the installation is a demo; elsewhere there is no such page. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    if (!(await readInstallation(ctx.db)).isDemo) throw new Response(null, { status: 404 });
    return { messages: messagesFor(ctx.locale, ["wishes", "giving", "home"]) };
  });

export default function Gallery() {
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <Page title="Gallery" wide>
      <ShownSamples here={paths(useLocale()).gallery()} phone={phone} />
      <FormSamples />
      <DrawingSamples />
    </Page>
  );
}
