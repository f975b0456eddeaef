-- why: a session says how many wrong codes it was given when one was asked for anew, and whether the demo's door began it
-- locks: session, for a moment: two columns with a constant default, and a check that reads the table once
-- backfill: the limit is in force at once where an installation stands already; sessions of before count as begun by a password
-- reversible: yes, drop both columns
ALTER TABLE "session" ADD COLUMN "wrong_codes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "by_demo_door" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_tries" CHECK ("session"."wrong_codes" between 0 and 5 and ("session"."wrong_codes" < 5 or "session"."ended_at" is not null));--> statement-breakpoint
INSERT INTO "setting" ("id", "key", "value", "valid_from", "set_at") SELECT gen_random_uuid(), 'stepUpMinutes', '120', '2020-01-01 00:00:00+00', now() WHERE EXISTS (SELECT 1 FROM "installation") ON CONFLICT DO NOTHING;
