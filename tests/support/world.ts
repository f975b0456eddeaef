import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Actor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { FailedRow, OutgoingMessage, PaymentPort, TextMessage } from "~/domain/kernel/ports";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { makeTextPort } from "~/integrations/texts/gateway.server";
import type { Database } from "~db/client";
import { aFolder } from "./folders";

/** The keys of every world, as settings name them. */
export const KEYS = {
  DATA_KEY: `test:${randomBytes(32).toString("base64")}`,
  HASH_KEY: randomBytes(32).toString("base64"),
} as const;
const keys = readKeyring(KEYS.DATA_KEY, KEYS.HASH_KEY);

const noPayments: PaymentPort = {
  livemode: false,
  createCheckout: () => Promise.reject(new Error("this test has no payments")),
  readCheckout: () => Promise.reject(new Error("this test has no payments")),
  expireCheckout: () => Promise.reject(new Error("this test has no payments")),
  refund: () => Promise.reject(new Error("this test has no payments")),
  listEvents: () => Promise.resolve([]),
  readRefund: () => Promise.reject(new Error("this test has no payments")),
  verifyEvent: () => {
    throw new Error("this test has no payments");
  },
};

/** A clock that a test turns by hand. */
export class Clock {
  constructor(private at: Date = new Date("2026-03-02T01:00:00Z")) {}
  now = (): Date => new Date(this.at);
  advance({ days = 0, hours = 0, minutes = 0 }: { days?: number; hours?: number; minutes?: number }): void {
    this.at = new Date(this.at.getTime() + ((days * 24 + hours) * 60 + minutes) * 60_000);
  }
}

export type World = Readonly<{
  db: Database;
  filesFolder: string;
  clock: Clock;
  /** How long somebody was let wait, each time. */
  pauses: number[];
  mails: OutgoingMessage[];
  texts: TextMessage[];
  /** What the clocks and the outbox told of rows that failed. */
  faults: (FailedRow & Readonly<{ work: string }>)[];
  as: (actor: Actor) => UseCaseContext;
  system: UseCaseContext;
  payments: PaymentPort;
}>;

/** The world of one test: a clock to turn, a mailbox to read, and `as(somebody)` to act. */
export function aWorld(
  db: Database,
  { clock = new Clock(), payments = noPayments }: { clock?: Clock; payments?: PaymentPort } = {},
): World {
  const mails: OutgoingMessage[] = [];
  const texts: TextMessage[] = [];
  const faults: World["faults"] = [];
  const pauses: number[] = [];
  const pause = (milliseconds: number) => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };

  const filesFolder = aFolder("files");
  const ports = {
    payments,
    mail: {
      send: (message: OutgoingMessage) => {
        mails.push(message);
        return Promise.resolve();
      },
    },
    files: makeFilePort({ FILES_DIR: filesFolder }),
    texts: {
      canSend: true,
      reaches: makeTextPort({}).reaches,
      send: (message: TextMessage) => {
        texts.push(message);
        return Promise.resolve();
      },
    },
    faults: {
      rowsFailed: (work: string, failed: readonly FailedRow[]) => {
        faults.push(...failed.map((row) => ({ work, ...row })));
      },
    },
  };
  const as = (actor: Actor): UseCaseContext => ({
    db,
    actor,
    locale: "zh-Hans",
    now: clock.now,
    newId: uuidv7,
    randomBytes,
    pause,
    keys,
    ports,
    publicUrl: "http://portal.test",
  });
  return {
    db,
    filesFolder,
    clock,
    pauses,
    mails,
    texts,
    faults,
    as,
    system: as({ kind: "system", name: "test" }),
    payments,
  };
}
