import { rush } from "./rush";
console.log(JSON.stringify(await rush(new Map([["rows", 2000]]))));
process.exit(0);
