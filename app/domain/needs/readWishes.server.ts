import type { UseCaseContext } from "~/domain/kernel/context.server";
import { yuanText } from "~/domain/kernel/money";
import { ownOf } from "~/domain/kernel/own";
import type { ReadTable, RowProblem, TableRow } from "~/domain/kernel/tables/table";
import { plusHours } from "~/domain/kernel/time";
import { folded } from "~/domain/kernel/typed/signs";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { YuanAmount } from "~/domain/kernel/typed/yuan";
import { formNames } from "~/domain/reference/queries.server";
import { type MessageKey, say } from "~/i18n/messages";
import { WishInput } from "./schemas";

/** A row as the try-out lists it. */
export type RowSeen = Readonly<{
  row: number;
  title: string;
  item: string;
  quantity: string;
  unit: string;
  totalFen: string;
  eachFen: string;
}>;

/**
 * A row as the form would have sent it, read and as it was `typed`, and what it means: the same for however
 * it was written.
 */
export type ReadWish = Readonly<{
  row: number;
  key: string;
  typed: unknown;
  input: WishInput;
  meaning: unknown;
  seen: RowSeen;
}>;

const MOST_NAMED = 12;
/** Where a row says no age. */
const WIDEST_BAND = "mixed";

type Names = Awaited<ReturnType<typeof formNames>>;
type Reading = Readonly<{ ctx: UseCaseContext; names: Names; townCode: string }>;

/**
 * Every row read as the form reads what is typed there; what is wrong, by row and the heading in the file.
 */
export async function readWishes(
  ctx: UseCaseContext,
  table: ReadTable,
  townCode: string,
): Promise<{ wishes: ReadWish[]; problems: RowProblem[]; withoutAge: number }> {
  const reading = { ctx, names: await formNames(ctx), townCode };
  const problems: RowProblem[] = [];
  const wishes = table.rows.flatMap((row) => readWish(row, reading, problems) ?? []);
  return {
    wishes,
    problems,
    withoutAge: table.rows.filter(({ cells }) => folded(cells["age_band"] ?? "") === "").length,
  };
}

/** Where the form's fields stand in a file. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  title: "title_zh",
  story: "story_zh",
  pseudonym: "pseudonym",
  "lines.item": "item_zh",
  "lines.quantity": "quantity",
  "lines.unitPriceFen": "est_value_cny",
  "lines.objectKind": "object_kind",
  "household.ageBand": "age_band",
  "household.heads": "heads",
  "household.kind": "household_kind",
  "household.person.name": "sealed_name",
  "household.person.phone": "sealed_phone",
  "household.person.address": "sealed_address",
  "household.person.village": "sealed_village",
};

function readWish(
  { row, cells }: TableRow,
  { ctx, names, townCode }: Reading,
  problems: RowProblem[],
): ReadWish | undefined {
  const before = problems.length;
  const cell = (column: string) => cells[column] ?? "";
  /** A cell that is compared with words the portal knows. */
  const word = (column: string) => folded(cell(column));
  const wrong = (column: string, problem: MessageKey, params?: RowProblem["params"]) =>
    problems.push({ row, column, problem, ...(params ? { params } : {}) });

  const town = names.towns.find(({ nameHans, nameHant, code }) =>
    [nameHans, nameHant, code].some((one) => folded(one) === word("town_zh")),
  );
  if (!town) unknown("town_zh", cell("town_zh"), names.towns);
  else if (town.code !== townCode)
    wrong("town_zh", say("intake.importOtherTown"), { value: cell("town_zh") });
  const unit = oneOf("unit", names.units);
  const group = oneOf("group", names.groups);
  const quantity = Quantity.safeParse(folded(cell("quantity")));
  const total = YuanAmount.safeParse(folded(cell("est_value_cny")));
  if (!quantity.success) wrong("quantity", messageOf(quantity.error.issues[0]?.message));
  if (!total.success) wrong("est_value_cny", messageOf(total.error.issues[0]?.message));
  const pieces = quantity.success && quantity.data > 0n ? quantity.data : 1n;
  const totalFen = total.success ? total.data : 0n;

  if (quantity.success && total.success && totalFen % pieces !== 0n) {
    const least = (totalFen / pieces) * pieces;

    wrong("est_value_cny", say("intake.importUneven"), {
      value: yuanText(totalFen),
      n: String(pieces),
      below: yuanText(least),
      above: yuanText(least + pieces),
    });
  }

  const eachFen = totalFen / pieces;
  const typed = {
    household: {
      townCode,
      kind: word("household_kind") || "household",
      heads: word("heads") || "1",
      groupCode: group?.code ?? "-",
      ageBand: word("age_band") || WIDEST_BAND,
      person: {
        name: cell("sealed_name"),
        phone: cell("sealed_phone"),
        address: cell("sealed_address"),
        village: cell("sealed_village"),
      },
    },
    title: cell("title_zh"),
    story: cell("story_zh"),
    pseudonym: cell("pseudonym"),
    lines: [
      {
        objectKind: word("object_kind"),
        item: cell("item_zh"),
        quantity: String(pieces),
        unitCode: unit?.code ?? "-",
        unitPriceFen: yuanText(eachFen > 0n ? eachFen : 1n),
      },
    ],
    visitedAt: plusHours(ctx.now(), 8).toISOString().slice(0, 16),
    consents: { scopes: [], givenBy: "self" },
    requestKey: ctx.newId(),
  };
  const isKind = names.kinds.some(({ code }) => code === word("object_kind"));

  if (word("object_kind") !== "" && !isKind) {
    const codes = names.kinds.map(({ code }) => ({ nameHans: code }));
    unknown("object_kind", cell("object_kind"), codes);
  }

  const parsed = WishInput.safeParse(typed);

  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const path = issue.path.filter((part) => typeof part === "string").join(".");
      wrong(ownOf(COLUMN_OF, path) ?? path, messageOf(issue.message));
    }

  if (!parsed.success || problems.length > before) return undefined;

  const seen: RowSeen = {
    row,
    title: parsed.data.title,
    item: cell("item_zh"),
    quantity: String(pieces),
    unit: unit?.nameHans ?? "",
    totalFen: String(totalFen),
    eachFen: String(eachFen),
  };
  return { row, key: word("row_key"), typed, input: parsed.data, meaning: meaningOf(parsed.data), seen };

  function unknown(column: string, value: string, known: readonly Readonly<{ nameHans: string }>[]): void {
    if (value === "") wrong(column, say("common.pleaseFill"));
    else
      wrong(column, say("intake.importUnknown"), {
        value,
        known:
          known
            .slice(0, MOST_NAMED)
            .map(({ nameHans }) => nameHans)
            .join("、") + (known.length > MOST_NAMED ? "…" : ""),
      });
  }

  /** A unit or group by its name, else by its code; where both stand there, they must mean the same. */
  function oneOf<Known extends Readonly<{ code: string; nameHans: string; nameHant: string }>>(
    what: "unit" | "group",
    known: readonly Known[],
  ): Known | undefined {
    const [name, code] = [word(`${what}_zh`), word(`${what}_code`)];
    const found = known.find((one) =>
      code === "" ? [one.nameHans, one.nameHant].some((known) => folded(known) === name) : one.code === code,
    );
    if (!found) unknown(code === "" ? `${what}_zh` : `${what}_code`, code === "" ? name : code, known);
    return found;
  }
}

const messageOf = (message: string | undefined): MessageKey =>
  message !== undefined && /^[a-z]+\.\w+$/i.test(message)
    ? (message as MessageKey)
    : say("common.pleaseCheck");

/** What a wish says, whenever and by which form it was sent. */
export const meaningOf = ({
  visitedAt: _at,
  requestKey: _key,
  consents: _consents,
  ...meaning
}: WishInput): unknown => inText(meaning);

/** Amounts and counts as text, so that what a row means can be written down. */
const inText = (meaning: unknown): unknown =>
  JSON.parse(
    JSON.stringify(meaning, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  );
