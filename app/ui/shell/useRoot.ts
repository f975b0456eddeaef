import { useRouteLoaderData } from "@remix-run/react";
import type { RootData } from "~/root";

/**
 * What every page knows: language, look, city, who is signed in. Undefined only when even that failed to
 * load.
 */
export const useRoot = () => useRouteLoaderData<RootData>("root");

/** Whether whoever reads this page is signed in. */
export const useIsSignedIn = (): boolean => useRoot()?.frame.roles !== undefined;
