import { buildIfNeeded } from "../../scripts/demo/buildIfNeeded";

/** Before tests of the portal as it is built: the build is there, and is of this code. */
export default function setup(): void {
  buildIfNeeded((words) => process.stdout.write(`${words}\n`));
}
