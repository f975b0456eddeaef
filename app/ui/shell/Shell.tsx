import type { ReactNode } from "react";
import { useT } from "~/i18n/useT";
import { BottomBar } from "./BottomBar";
import { DoneNotice } from "./DoneNotice";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { useFocusOnNewPage } from "./useFocusOnNewPage";

/** Header, page, footer, and on phones the bar at the bottom. The same on every page and in every mode. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT();
  useFocusOnNewPage();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:rounded-md focus:bg-surface focus:p-4 focus:font-semibold"
      >
        {t("shell.skip")}
      </a>
      <Header />
      <div className="flex-1">
        <DoneNotice />
        {children}
      </div>
      <Footer />
      <BottomBar />
    </div>
  );
}
