CREATE TABLE "goods_move" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"from_kind" text NOT NULL,
	"from_place" text NOT NULL,
	"to_kind" text NOT NULL,
	"to_place" text NOT NULL,
	"quantity" bigint NOT NULL,
	"source_type" text NOT NULL,
	"source_id" uuid NOT NULL,
	"reason" text,
	"actor_id" uuid,
	"accounting_date" date NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "goods_move_source" CHECK ("goods_move"."source_type" ~ '^[a-z][a-z_]{0,39}$'),
	CONSTRAINT "goods_move_moment" CHECK ("goods_move"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "goods_move_quantity" CHECK ("goods_move"."quantity" > 0),
	CONSTRAINT "goods_move_moves" CHECK ("goods_move"."from_place" <> "goods_move"."to_place"),
	CONSTRAINT "goods_move_reason" CHECK ("goods_move"."reason" ~ '^[a-z][a-z_]{0,39}$'),
	CONSTRAINT "goods_move_from" CHECK ("goods_move"."from_kind" in ('donor', 'supplier', 'point', 'courier', 'recipient', 'returned', 'disposed', 'lost', 'split')),
	CONSTRAINT "goods_move_to" CHECK ("goods_move"."to_kind" in ('donor', 'supplier', 'point', 'courier', 'recipient', 'returned', 'disposed', 'lost', 'split'))
);
--> statement-breakpoint
CREATE TABLE "lot_stock" (
	"lot_id" uuid NOT NULL,
	"place" text NOT NULL,
	"quantity" bigint NOT NULL,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "lot_stock_lot_id_place_pk" PRIMARY KEY("lot_id","place"),
	CONSTRAINT "lot_stock_quantity" CHECK ("lot_stock"."quantity" >= 0),
	CONSTRAINT "lot_stock_reserved" CHECK ("lot_stock"."reserved" between 0 and "lot_stock"."quantity")
);
--> statement-breakpoint
CREATE TABLE "lot" (
	"id" uuid PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"inspection_id" uuid NOT NULL,
	"split_from" uuid,
	"pledge_id" uuid,
	"offer_id" uuid,
	"line_id" uuid,
	"object_kind" text NOT NULL,
	"unit_code" text NOT NULL,
	"point_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"unit_value_fen" bigint,
	"value_basis" text NOT NULL,
	"best_before" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lot_label_unique" UNIQUE("label"),
	CONSTRAINT "lot_quantity" CHECK ("lot"."quantity" >= 0),
	CONSTRAINT "lot_source" CHECK (("lot"."pledge_id" is null) <> ("lot"."offer_id" is null)),
	CONSTRAINT "lot_value_basis" CHECK ("lot"."value_basis" in ('invoice', 'fair_value', 'not_valued')),
	CONSTRAINT "lot_valued" CHECK (("lot"."value_basis" = 'not_valued') = ("lot"."unit_value_fen" is null))
);
--> statement-breakpoint
CREATE TABLE "money_account" (
	"code" text PRIMARY KEY NOT NULL,
	"half" text NOT NULL,
	CONSTRAINT "money_account_of_half" UNIQUE("code","half"),
	CONSTRAINT "money_account_half" CHECK ("money_account"."half" in ('where', 'what_for'))
);
--> statement-breakpoint
CREATE TABLE "money_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"source_type" text NOT NULL,
	"source_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"gift_id" uuid,
	"line_id" uuid,
	"reverses_id" uuid,
	"accounting_date" date NOT NULL,
	"actor_id" uuid,
	"approver_id" uuid,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "money_entry_source" CHECK ("money_entry"."source_type" ~ '^[a-z][a-z_]{0,39}$'),
	CONSTRAINT "money_entry_moment" CHECK ("money_entry"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "money_entry_kind" CHECK ("money_entry"."kind" in ('receive', 'commit', 'uncommit', 'spend', 'top_up', 'refund', 'reverse')),
	CONSTRAINT "money_entry_reverse_names" CHECK (("money_entry"."kind" = 'reverse') = ("money_entry"."reverses_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "money_transfer" (
	"entry_id" uuid NOT NULL,
	"half" text NOT NULL,
	"from_account" text NOT NULL,
	"to_account" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "money_transfer_entry_id_half_pk" PRIMARY KEY("entry_id","half"),
	CONSTRAINT "money_transfer_half" CHECK ("money_transfer"."half" in ('where', 'what_for')),
	CONSTRAINT "money_transfer_amount" CHECK ("money_transfer"."amount_fen" > 0),
	CONSTRAINT "money_transfer_moves" CHECK ("money_transfer"."from_account" <> "money_transfer"."to_account")
);
--> statement-breakpoint
CREATE TABLE "count_correction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parcel_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"was" bigint NOT NULL,
	"shall" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"proposed_by" uuid NOT NULL,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "count_correction_stage" CHECK ("count_correction"."stage" in ('counted', 'inspected')),
	CONSTRAINT "count_correction_corrects" CHECK ("count_correction"."was" >= 0 and "count_correction"."shall" >= 0 and "count_correction"."was" <> "count_correction"."shall"),
	CONSTRAINT "count_correction_reason" CHECK ("count_correction"."reason" in ('counted_wrong', 'typed_wrong', 'other_gift')),
	CONSTRAINT "count_correction_state" CHECK ("count_correction"."state" in ('proposed', 'applied', 'rejected', 'withdrawn')),
	CONSTRAINT "count_correction_decided" CHECK (("count_correction"."state" in ('applied', 'rejected')) = ("count_correction"."decided_by" is not null)),
	CONSTRAINT "count_correction_four_eyes" CHECK ("count_correction"."decided_by" is null or "count_correction"."decided_by" <> "count_correction"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "item_report" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_code" text NOT NULL,
	"kind" text NOT NULL,
	"words_sealed" text,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"settled_by" uuid,
	"settled_at" timestamp with time zone,
	CONSTRAINT "item_report_kind" CHECK ("item_report"."kind" in ('closed', 'phone', 'content', 'place', 'other')),
	CONSTRAINT "item_report_state" CHECK ("item_report"."state" in ('open', 'corrected', 'as_it_was')),
	CONSTRAINT "item_report_settled" CHECK (("item_report"."state" = 'open') = ("item_report"."settled_at" is null) and ("item_report"."state" = 'open' or "item_report"."words_sealed" is null)),
	CONSTRAINT "item_report_due" CHECK (("item_report"."state" = 'open') = ("item_report"."due_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "list_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"number" integer NOT NULL,
	"list" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"category" text NOT NULL,
	"name" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"target_group" text NOT NULL,
	"content" text NOT NULL,
	"standard" text,
	"provider" text NOT NULL,
	"situations" text[] DEFAULT '{}'::text[] NOT NULL,
	"audiences" text[] DEFAULT '{}'::text[] NOT NULL,
	"town_codes" text[] DEFAULT '{}'::text[] NOT NULL,
	"how_to_apply" text,
	"papers" text[] DEFAULT '{}'::text[] NOT NULL,
	"place" text,
	"phone" text,
	"hours" text,
	"url" text,
	"owner_id" uuid,
	"checked_at" timestamp with time zone,
	"checked_by" uuid,
	"sort" integer NOT NULL,
	"hsds_id" uuid,
	"hsds_parts" jsonb,
	"in_finder" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "list_item_code_unique" UNIQUE("code"),
	CONSTRAINT "list_item_number_unique" UNIQUE("number"),
	CONSTRAINT "list_item_hsds_id_unique" UNIQUE("hsds_id"),
	CONSTRAINT "list_item_list" CHECK ("list_item"."list" in ('government', 'social')),
	CONSTRAINT "list_item_state" CHECK ("list_item"."state" in ('draft', 'published', 'retired')),
	CONSTRAINT "list_item_situations" CHECK (situations <@ array['hardship', 'child', 'study', 'pregnancy', 'old_age', 'disability', 'illness', 'work', 'home', 'law', 'service', 'daily_life']::text[]),
	CONSTRAINT "list_item_audiences" CHECK (audiences <@ array['everyone', 'low_income', 'child', 'student', 'woman', 'older_person', 'disabled_person', 'ill', 'carer', 'worker', 'veteran']::text[]),
	CONSTRAINT "list_item_number" CHECK ("list_item"."number" > 0)
);
--> statement-breakpoint
CREATE TABLE "list_parameter" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"value" bigint NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"proposed_by" uuid,
	"approved_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "list_parameter_code" CHECK ("list_parameter"."code" in ('dibao_standard_fen', 'dibao_margin_percent', 'classified_supplement_percent', 'old_age_years', 'very_old_age_years')),
	CONSTRAINT "list_parameter_state" CHECK ("list_parameter"."state" in ('proposed', 'approved', 'withdrawn')),
	CONSTRAINT "list_parameter_value" CHECK ("list_parameter"."value" >= 0),
	CONSTRAINT "list_parameter_four_eyes" CHECK ("list_parameter"."approved_by" is null or "list_parameter"."proposed_by" is null or "list_parameter"."approved_by" <> "list_parameter"."proposed_by"),
	CONSTRAINT "list_parameter_second_person" CHECK ("list_parameter"."state" <> 'approved' or "list_parameter"."proposed_by" is null or "list_parameter"."approved_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "list_rule" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_code" text NOT NULL,
	"edition" integer NOT NULL,
	"kind" text NOT NULL,
	"rule" jsonb,
	"amount" jsonb,
	"cases" jsonb NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"effective_from" timestamp with time zone,
	"drafted_by" uuid,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "list_rule_state" CHECK ("list_rule"."state" in ('draft', 'tested', 'approved', 'withdrawn')),
	CONSTRAINT "list_rule_kind" CHECK ("list_rule"."kind" in ('rule', 'everyone', 'ask')),
	CONSTRAINT "list_rule_has_rule" CHECK (("list_rule"."kind" = 'rule') = ("list_rule"."rule" is not null)),
	CONSTRAINT "list_rule_four_eyes" CHECK ("list_rule"."approved_by" is null or "list_rule"."drafted_by" is null or "list_rule"."approved_by" <> "list_rule"."drafted_by"),
	CONSTRAINT "list_rule_second_person" CHECK ("list_rule"."state" <> 'approved' or "list_rule"."drafted_by" is null or "list_rule"."approved_by" is not null or ("list_rule"."kind" = 'ask' and "list_rule"."edition" = 1)),
	CONSTRAINT "list_rule_dated" CHECK ("list_rule"."state" <> 'approved' or "list_rule"."effective_from" is not null)
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"need_id" uuid NOT NULL,
	"household_id" uuid,
	"point_id" uuid NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"courier_id" uuid,
	"packed_by" uuid NOT NULL,
	"dispatched_at" timestamp with time zone,
	"secret_hash" text,
	"digits_hash" text,
	"secret_shown_by" uuid,
	"secret_tries" integer DEFAULT 0 NOT NULL,
	"confirm_by" timestamp with time zone,
	"unconfirmed_since" timestamp with time zone,
	"disputed_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_code_unique" UNIQUE("code"),
	CONSTRAINT "delivery_moment" CHECK ("delivery"."dispatched_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "delivery_state" CHECK ("delivery"."state" in ('packed', 'dispatched', 'handed_over', 'confirmed', 'failed_attempt', 'returning', 'returned', 'lost', 'cancelled')),
	CONSTRAINT "delivery_courier" CHECK ("delivery"."state" in ('packed', 'cancelled') or "delivery"."courier_id" is not null),
	CONSTRAINT "delivery_secret_apart" CHECK ("delivery"."secret_shown_by" is null or "delivery"."courier_id" is null or "delivery"."secret_shown_by" <> "delivery"."courier_id"),
	CONSTRAINT "delivery_tries" CHECK ("delivery"."secret_tries" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "delivery_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"delivered_quantity" bigint DEFAULT 0 NOT NULL,
	"returned_quantity" bigint DEFAULT 0 NOT NULL,
	"lost_quantity" bigint DEFAULT 0 NOT NULL,
	"disposed_quantity" bigint DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "delivery_item_quantity" CHECK ("delivery_item"."quantity" > 0 and "delivery_item"."delivered_quantity" >= 0 and "delivery_item"."returned_quantity" >= 0 and "delivery_item"."lost_quantity" >= 0 and "delivery_item"."disposed_quantity" >= 0 and "delivery_item"."delivered_quantity" + "delivery_item"."returned_quantity" + "delivery_item"."lost_quantity" + "delivery_item"."disposed_quantity" <= "delivery_item"."quantity")
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"need_id" uuid NOT NULL,
	"delivery_id" uuid,
	"rating" integer NOT NULL,
	"words_sealed" text,
	"public_words" text,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid NOT NULL,
	"moderated_by" uuid,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "feedback_moment" CHECK ("feedback"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "feedback_rating" CHECK ("feedback"."rating" between 1 and 5),
	CONSTRAINT "feedback_state" CHECK ("feedback"."state" in ('heard', 'passed', 'kept_private')),
	CONSTRAINT "feedback_passed_has_words" CHECK (("feedback"."state" = 'passed') = ("feedback"."public_words" is not null)),
	CONSTRAINT "feedback_four_eyes" CHECK ("feedback"."moderated_by" is null or "feedback"."moderated_by" <> "feedback"."recorded_by")
);
--> statement-breakpoint
CREATE TABLE "handover" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"proof" text,
	"delivered_by" uuid NOT NULL,
	"receiver" text,
	"witnessed_by" uuid,
	"witness_said" text,
	"second_witness_sealed" text,
	"signed_count" integer,
	"file_id" uuid,
	"photo_decision" text,
	"photo_decided_by" uuid,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "handover_moment" CHECK ("handover"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "handover_outcome" CHECK ("handover"."outcome" in ('handed_over', 'refused', 'not_home', 'damaged', 'died_or_moved')),
	CONSTRAINT "handover_proof" CHECK (("handover"."outcome" = 'handed_over') = ("handover"."proof" is not null)),
	CONSTRAINT "handover_proof_kind" CHECK ("handover"."proof" is null or "handover"."proof" in ('secret', 'two_witnesses', 'photo', 'signed_list')),
	CONSTRAINT "handover_photo_word" CHECK ("handover"."photo_decision" is null or "handover"."photo_decision" in ('passed', 'kept')),
	CONSTRAINT "handover_receiver" CHECK ("handover"."receiver" is null or "handover"."receiver" in ('self', 'family', 'guardian', 'neighbour', 'institution')),
	CONSTRAINT "handover_witness_apart" CHECK ("handover"."witnessed_by" is null or "handover"."witnessed_by" <> "handover"."delivered_by"),
	CONSTRAINT "handover_two_witnesses" CHECK ("handover"."proof" is distinct from 'two_witnesses' or ("handover"."witnessed_by" is not null and "handover"."second_witness_sealed" is not null)),
	CONSTRAINT "handover_file" CHECK (("handover"."proof" in ('photo', 'signed_list')) is not true or "handover"."file_id" is not null),
	CONSTRAINT "handover_signed" CHECK (("handover"."proof" is not distinct from 'signed_list') = ("handover"."signed_count" is not null) and ("handover"."signed_count" is null or "handover"."signed_count" > 0)),
	CONSTRAINT "handover_witness_said" CHECK ("handover"."witness_said" is null or ("handover"."witnessed_by" is not null and "handover"."witness_said" in ('present', 'absent'))),
	CONSTRAINT "handover_photo_decided" CHECK (("handover"."photo_decision" is null) = ("handover"."photo_decided_by" is null) and ("handover"."photo_decision" is null or "handover"."file_id" is not null)),
	CONSTRAINT "handover_photo_eyes" CHECK ("handover"."photo_decided_by" is null or "handover"."photo_decided_by" <> "handover"."delivered_by")
);
--> statement-breakpoint
CREATE TABLE "inspection" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parcel_id" uuid NOT NULL,
	"accepted" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"refusal_reason" text,
	"refused_go_to" text,
	"inspected_by" uuid NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inspection_parcel_id_unique" UNIQUE("parcel_id"),
	CONSTRAINT "inspection_moment" CHECK ("inspection"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "inspection_counts" CHECK ("inspection"."accepted" >= 0 and "inspection"."refused" >= 0),
	CONSTRAINT "inspection_refusal_reason" CHECK ("inspection"."refusal_reason" in ('damaged', 'second_hand', 'wrong_item', 'unsafe', 'out_of_date', 'forbidden')),
	CONSTRAINT "inspection_refused_go_to" CHECK ("inspection"."refused_go_to" in ('returned', 'disposed')),
	CONSTRAINT "inspection_reason" CHECK (("inspection"."refused" > 0) = ("inspection"."refusal_reason" is not null) and ("inspection"."refused" > 0) = ("inspection"."refused_go_to" is not null))
);
--> statement-breakpoint
CREATE TABLE "parcel" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pledge_id" uuid,
	"offer_id" uuid,
	"purchase_id" uuid,
	"point_id" uuid NOT NULL,
	"counted" bigint NOT NULL,
	"received_by" uuid NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"inspected_at" timestamp with time zone,
	CONSTRAINT "parcel_counted" CHECK ("parcel"."counted" >= 0),
	CONSTRAINT "parcel_moment" CHECK ("parcel"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "parcel_source" CHECK (("parcel"."pledge_id" is null) <> ("parcel"."offer_id" is null))
);
--> statement-breakpoint
CREATE TABLE "service_visit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pledge_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"provider_name" text NOT NULL,
	"done_on" date NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid NOT NULL,
	"accepted_by" uuid,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "service_visit_moment" CHECK ("service_visit"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "service_visit_state" CHECK ("service_visit"."state" in ('done', 'accepted', 'disputed')),
	CONSTRAINT "service_visit_quantity" CHECK ("service_visit"."quantity" > 0),
	CONSTRAINT "service_visit_apart" CHECK ("service_visit"."accepted_by" is null or "service_visit"."accepted_by" <> "service_visit"."recorded_by")
);
--> statement-breakpoint
CREATE TABLE "collection" (
	"id" uuid PRIMARY KEY NOT NULL,
	"gift_id" uuid NOT NULL,
	"point_id" uuid NOT NULL,
	"day" date NOT NULL,
	"part" text NOT NULL,
	"where_sealed" text,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"missed_why" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "collection_one_a_gift" UNIQUE("gift_id"),
	CONSTRAINT "collection_state" CHECK ("collection"."state" in ('asked', 'missed', 'collected', 'brought', 'cancelled')),
	CONSTRAINT "collection_part" CHECK ("collection"."part" in ('morning', 'afternoon')),
	CONSTRAINT "collection_missed" CHECK (("collection"."state" = 'missed') = ("collection"."missed_why" is not null) and ("collection"."missed_why" is null or "collection"."missed_why" in ('not_home', 'cannot_come', 'nobody_came'))),
	CONSTRAINT "collection_where_while_open" CHECK (("collection"."state" in ('asked', 'missed')) = ("collection"."where_sealed" is not null))
);
--> statement-breakpoint
CREATE TABLE "gift" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"donor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"arrival_way" text,
	"point_id" uuid,
	"display_choice" text,
	"display_name" text,
	"if_gone" text,
	"not_relative_declared_at" timestamp with time zone,
	"receipt_wanted" boolean,
	"track_token_hash" text,
	CONSTRAINT "gift_code_unique" UNIQUE("code"),
	CONSTRAINT "gift_track_token_hash_unique" UNIQUE("track_token_hash"),
	CONSTRAINT "gift_arrival" CHECK ("gift"."arrival_way" is null or "gift"."arrival_way" in ('drop_off', 'courier', 'pick_up', 'in_person')),
	CONSTRAINT "gift_display" CHECK ("gift"."display_choice" is null or "gift"."display_choice" in ('name', 'kind_person', 'alias')),
	CONSTRAINT "gift_if_gone" CHECK ("gift"."if_gone" is null or "gift"."if_gone" in ('next_oldest', 'ask_me', 'give_back')),
	CONSTRAINT "gift_kind" CHECK ("gift"."kind" in ('goods', 'money')),
	CONSTRAINT "gift_confirmed_whole" CHECK ("gift"."confirmed_at" is null or ("gift"."display_choice" is not null and ("gift"."if_gone" is null) = ("gift"."not_relative_declared_at" is null))),
	CONSTRAINT "gift_shown_name" CHECK ("gift"."display_choice" is null or ("gift"."display_choice" = 'kind_person') = ("gift"."display_name" is null)),
	CONSTRAINT "gift_name_is_name" CHECK ("gift"."display_name" is null or ("gift"."display_name" ~ '[^\s\d[:punct:]]' and "gift"."display_name" !~ '@' and length("gift"."display_name") <= 40))
);
--> statement-breakpoint
CREATE TABLE "joint_day" (
	"id" uuid PRIMARY KEY NOT NULL,
	"gift_id" uuid NOT NULL,
	"point_id" uuid NOT NULL,
	"day" date NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"proposed_side" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"agreed_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "joint_day_state" CHECK ("joint_day"."state" in ('proposed', 'agreed', 'held', 'cancelled')),
	CONSTRAINT "joint_day_side" CHECK ("joint_day"."proposed_side" in ('donor', 'point')),
	CONSTRAINT "joint_day_agreed_whole" CHECK (case "joint_day"."state" when 'proposed' then "joint_day"."agreed_by" is null when 'cancelled' then true else "joint_day"."agreed_by" is not null end),
	CONSTRAINT "joint_day_four_eyes" CHECK ("joint_day"."agreed_by" is null or "joint_day"."agreed_by" <> "joint_day"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "pledge" (
	"id" uuid PRIMARY KEY NOT NULL,
	"gift_id" uuid NOT NULL,
	"donor_id" uuid NOT NULL,
	"need_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"quantity" bigint NOT NULL,
	"settled" bigint DEFAULT 0 NOT NULL,
	"given_back" bigint DEFAULT 0 NOT NULL,
	"unit_price_fen" bigint NOT NULL,
	"hold_until" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"arranged_for" date,
	"reminded_at" timestamp with time zone,
	"courier_name" text,
	"waybill" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"retargeted_from" uuid,
	CONSTRAINT "pledge_goes_on_once" UNIQUE("retargeted_from"),
	CONSTRAINT "pledge_kind" CHECK ("pledge"."kind" in ('goods', 'service', 'money')),
	CONSTRAINT "pledge_state" CHECK ("pledge"."state" in ('promised', 'confirmed', 'released', 'cancelled', 'revoked', 'paying', 'paid', 'failed', 'expired')),
	CONSTRAINT "pledge_state_of_kind" CHECK (case when "pledge"."kind" = 'money' then "pledge"."state" in ('promised', 'paying', 'paid', 'failed', 'expired', 'cancelled') else "pledge"."state" in ('promised', 'confirmed', 'released', 'cancelled', 'revoked') end),
	CONSTRAINT "pledge_quantity" CHECK ("pledge"."quantity" > 0 and "pledge"."settled" >= 0 and "pledge"."given_back" >= 0 and "pledge"."settled" + "pledge"."given_back" <= "pledge"."quantity"),
	CONSTRAINT "pledge_arranged_service" CHECK ("pledge"."arranged_for" is null or "pledge"."kind" = 'service'),
	CONSTRAINT "pledge_held_has_clock" CHECK ("pledge"."state" <> 'promised' or "pledge"."hold_until" is not null)
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_recorded_by" uuid,
	CONSTRAINT "consent_moment" CHECK ("consent"."given_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "consent_scope" CHECK ("consent"."scope" in ('collect', 'share', 'publish', 'photograph', 'contact')),
	CONSTRAINT "consent_given_by" CHECK ("consent"."given_by" in ('self', 'guardian', 'institution'))
);
--> statement-breakpoint
CREATE TABLE "household" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"town_code" text NOT NULL,
	"heads" integer NOT NULL,
	"group_code" text NOT NULL,
	"public_group" text NOT NULL,
	"age_band" text NOT NULL,
	"data_key_wrapped" text,
	"key_id" text NOT NULL,
	"contact_sealed" text,
	"circumstances_sealed" text,
	"identity_sealed" text,
	"name_hash" text NOT NULL,
	"phone_hash" text,
	"id_hash" text,
	"lookup_rule" integer DEFAULT 0 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "household_code_unique" UNIQUE("code"),
	CONSTRAINT "household_kind" CHECK ("household"."kind" in ('household', 'group')),
	CONSTRAINT "household_public_group" CHECK ("household"."public_group" in ('child', 'older_person', 'disabled_person', 'illness_or_carers', 'low_income')),
	CONSTRAINT "household_age_band" CHECK ("household"."age_band" in ('under_6', '6_to_13', '14_to_17', '18_to_59', '60_to_79', '80_up', 'mixed')),
	CONSTRAINT "household_heads" CHECK ("household"."heads" > 0),
	CONSTRAINT "household_erased_whole" CHECK ("household"."erased_at" is null or ("household"."data_key_wrapped" is null and "household"."contact_sealed" is null and "household"."circumstances_sealed" is null and "household"."identity_sealed" is null))
);
--> statement-breakpoint
CREATE TABLE "record_opening" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"role" text NOT NULL,
	"reason" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "record_opening_subject" CHECK ("record_opening"."subject_kind" in ('household', 'donor')),
	CONSTRAINT "record_opening_role" CHECK ("record_opening"."role" in ('donor', 'org_viewer', 'org_editor', 'org_manager', 'caseworker', 'town_reviewer', 'operator', 'storekeeper', 'courier', 'finance', 'auditor', 'admin')),
	CONSTRAINT "record_opening_reason" CHECK ("record_opening"."reason" in ('verify_wish', 'contact_recipient', 'entitlements', 'deliver', 'complaint', 'correction', 'audit'))
);
--> statement-breakpoint
CREATE TABLE "app_user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"locale" text DEFAULT 'zh-Hans' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"mail_confirmed_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"left_at" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "app_user_locale" CHECK ("app_user"."locale" in ('zh-Hans', 'zh-Hant', 'en')),
	CONSTRAINT "app_user_left_is_empty" CHECK ("app_user"."left_at" is null or ("app_user"."disabled_at" is not null and "app_user"."email" = 'left:' || "app_user"."id"::text))
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "donor_profile" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"real_name_sealed" text,
	"phone_sealed" text,
	"credit_code" text,
	"company_verified_at" timestamp with time zone,
	"company_verified_by" uuid,
	CONSTRAINT "donor_profile_kind" CHECK ("donor_profile"."kind" in ('person', 'company'))
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"city_name_hans" text NOT NULL,
	"city_name_hant" text NOT NULL,
	"city_name_en" text NOT NULL,
	"phone_line" text NOT NULL,
	"is_demo" boolean NOT NULL,
	CONSTRAINT "installation_one_row" CHECK ("installation"."one")
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"mail_sealed" text,
	"mail_hash" text,
	"role" text NOT NULL,
	"scope_kind" text NOT NULL,
	"scope_id" text DEFAULT '' NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_why" text,
	"accepted_by" uuid,
	CONSTRAINT "invitation_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "invitation_role" CHECK ("invitation"."role" in ('donor', 'org_viewer', 'org_editor', 'org_manager', 'caseworker', 'town_reviewer', 'operator', 'storekeeper', 'courier', 'finance', 'auditor', 'admin') and "invitation"."role" <> 'donor'),
	CONSTRAINT "invitation_scope" CHECK ("invitation"."scope_kind" in ('city', 'town', 'organisation', 'point', 'charity')),
	CONSTRAINT "invitation_scope_named" CHECK (("invitation"."scope_kind" = 'city') = ("invitation"."scope_id" = '')),
	CONSTRAINT "invitation_ends" CHECK ("invitation"."expires_at" > "invitation"."created_at" and "invitation"."expires_at" <= "invitation"."created_at" + interval '24 hours'),
	CONSTRAINT "invitation_closed_whole" CHECK (("invitation"."closed_at" is null) = ("invitation"."closed_why" is null) and ("invitation"."closed_why" is null or "invitation"."closed_why" in ('accepted', 'withdrawn', 'replaced', 'expired'))),
	CONSTRAINT "invitation_accepted_whole" CHECK (("invitation"."closed_why" is not distinct from 'accepted') = ("invitation"."accepted_by" is not null)),
	CONSTRAINT "invitation_two_people" CHECK ("invitation"."accepted_by" is null or "invitation"."accepted_by" <> "invitation"."invited_by"),
	CONSTRAINT "invitation_mail" CHECK (("invitation"."mail_sealed" is not null) = ("invitation"."closed_at" is null) and ("invitation"."mail_hash" is not null) = ("invitation"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "one_time_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"new_mail_sealed" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_why" text,
	CONSTRAINT "one_time_link_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "one_time_link_purpose" CHECK ("one_time_link"."purpose" in ('password', 'mail', 'sign_up')),
	CONSTRAINT "one_time_link_ends" CHECK ("one_time_link"."expires_at" > "one_time_link"."created_at" and "one_time_link"."expires_at" <= "one_time_link"."created_at" + interval '24 hours'),
	CONSTRAINT "one_time_link_closed_whole" CHECK (("one_time_link"."closed_at" is null) = ("one_time_link"."closed_why" is null) and ("one_time_link"."closed_why" is null or "one_time_link"."closed_why" in ('used', 'replaced'))),
	CONSTRAINT "one_time_link_mail" CHECK (("one_time_link"."new_mail_sealed" is not null) = ("one_time_link"."purpose" = 'mail' and "one_time_link"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "rate_counter" (
	"key" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"hits" integer NOT NULL,
	CONSTRAINT "rate_counter_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "request_key" (
	"actor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"command" text NOT NULL,
	"input_hash" text NOT NULL,
	"result_sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "request_key_actor_id_key_pk" PRIMARY KEY("actor_id","key"),
	CONSTRAINT "request_key_sealed" CHECK ("request_key"."result_sealed" like 'v1:%')
);
--> statement-breakpoint
CREATE TABLE "role_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"scope_kind" text NOT NULL,
	"scope_id" text DEFAULT '' NOT NULL,
	"granted_by" uuid,
	"approved_by" uuid,
	"granted_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "role_grant_role" CHECK ("role_grant"."role" in ('donor', 'org_viewer', 'org_editor', 'org_manager', 'caseworker', 'town_reviewer', 'operator', 'storekeeper', 'courier', 'finance', 'auditor', 'admin')),
	CONSTRAINT "role_grant_scope" CHECK ("role_grant"."scope_kind" in ('city', 'town', 'organisation', 'point', 'charity')),
	CONSTRAINT "role_grant_two_people" CHECK ("role_grant"."granted_by" is null or "role_grant"."granted_by" <> "role_grant"."user_id"),
	CONSTRAINT "role_grant_approved_apart" CHECK ("role_grant"."approved_by" is null or ("role_grant"."approved_by" <> "role_grant"."granted_by" and "role_grant"."approved_by" <> "role_grant"."user_id")),
	CONSTRAINT "role_grant_second_admin" CHECK ("role_grant"."granted_by" is null or not "role_grant"."role" in ('finance', 'operator', 'admin') or "role_grant"."approved_by" is not null),
	CONSTRAINT "role_grant_scope_named" CHECK (("role_grant"."scope_kind" = 'city') = ("role_grant"."scope_id" = ''))
);
--> statement-breakpoint
CREATE TABLE "role_proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"scope_kind" text NOT NULL,
	"scope_id" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"proposed_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	CONSTRAINT "role_proposal_role" CHECK ("role_proposal"."role" in ('finance', 'operator', 'admin')),
	CONSTRAINT "role_proposal_scope" CHECK ("role_proposal"."scope_kind" in ('city', 'town', 'organisation', 'point', 'charity')),
	CONSTRAINT "role_proposal_scope_named" CHECK (("role_proposal"."scope_kind" = 'city') = ("role_proposal"."scope_id" = '')),
	CONSTRAINT "role_proposal_state" CHECK ("role_proposal"."state" in ('waiting', 'approved', 'rejected', 'withdrawn')),
	CONSTRAINT "role_proposal_decided" CHECK (("role_proposal"."state" in ('approved', 'rejected')) = ("role_proposal"."decided_by" is not null)),
	CONSTRAINT "role_proposal_not_for_oneself" CHECK ("role_proposal"."proposed_by" <> "role_proposal"."user_id"),
	CONSTRAINT "role_proposal_four_eyes" CHECK ("role_proposal"."decided_by" is null or ("role_proposal"."decided_by" <> "role_proposal"."proposed_by" and "role_proposal"."decided_by" <> "role_proposal"."user_id"))
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_why" text,
	CONSTRAINT "session_ended_whole" CHECK (("session"."ended_at" is null) = ("session"."ended_why" is null)),
	CONSTRAINT "session_ended_why" CHECK ("session"."ended_why" is null or "session"."ended_why" in ('signed_out', 'everywhere', 'password', 'disabled'))
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"set_by" uuid,
	"set_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock_lease" (
	"name" text PRIMARY KEY NOT NULL,
	"leased_until" timestamp with time zone NOT NULL,
	"last_ran_at" timestamp with time zone,
	"runs" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "clock_lease_name" CHECK ("clock_lease"."name" ~ '^[a-z][A-Za-z]{0,59}$')
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"entity_version" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text,
	"line_id" uuid,
	"bucket_from" text,
	"bucket_to" text,
	"quantity" bigint,
	"need_id" uuid,
	"gift_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"reason" text,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "journal_units_whole" CHECK (("journal"."line_id" is null) = ("journal"."quantity" is null) and ("journal"."line_id" is null) = ("journal"."bucket_from" is null) and ("journal"."line_id" is null) = ("journal"."bucket_to" is null)),
	CONSTRAINT "journal_units_positive" CHECK ("journal"."quantity" is null or ("journal"."quantity" > 0 and "journal"."bucket_from" <> "journal"."bucket_to")),
	CONSTRAINT "journal_buckets" CHECK (("journal"."bucket_from" is null or "journal"."bucket_from" in ('open', 'held', 'pledged', 'in_hub', 'delivered', 'waived')) and ("journal"."bucket_to" is null or "journal"."bucket_to" in ('open', 'held', 'pledged', 'in_hub', 'delivered', 'waived'))),
	CONSTRAINT "journal_role" CHECK ("journal"."actor_role" in ('donor', 'org_viewer', 'org_editor', 'org_manager', 'caseworker', 'town_reviewer', 'operator', 'storekeeper', 'courier', 'finance', 'auditor', 'admin', 'system', 'visitor')),
	CONSTRAINT "journal_entity" CHECK ("journal"."entity" ~ '^[a-z][a-z_]{0,39}$'),
	CONSTRAINT "journal_event" CHECK ("journal"."event" ~ '^[a-z_]+[.][a-z_]+$'),
	CONSTRAINT "journal_states" CHECK (("journal"."from_state" is null or "journal"."from_state" ~ '^[a-z][a-z_]{0,39}$') and ("journal"."to_state" is null or "journal"."to_state" ~ '^[a-z][a-z_]{0,39}$')),
	CONSTRAINT "journal_moment" CHECK ("journal"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "journal_not_before" CHECK ("journal"."occurred_at" <= "journal"."recorded_at"),
	CONSTRAINT "journal_reason" CHECK ("journal"."reason" ~ '^[a-z][a-z_]{0,39}$')
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"once_key" text NOT NULL,
	"channel" text NOT NULL,
	"user_id" uuid,
	"template" text NOT NULL,
	"locale" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"to_sealed" text,
	"link_sealed" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "message_once_key_unique" UNIQUE("once_key"),
	CONSTRAINT "message_channel" CHECK ("message"."channel" in ('mail')),
	CONSTRAINT "message_template" CHECK ("message"."template" ~ '^[a-z][A-Za-z]{0,59}$'),
	CONSTRAINT "message_locale" CHECK ("message"."locale" in ('zh-Hans', 'zh-Hant', 'en')),
	CONSTRAINT "message_sealed" CHECK (("message"."to_sealed" is null or "message"."to_sealed" like 'v1:%') and ("message"."link_sealed" is null or "message"."link_sealed" like 'v1:%'))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"journal_id" uuid NOT NULL,
	"handler" text NOT NULL,
	"state" text NOT NULL,
	"run_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "outbox_handler" CHECK ("outbox"."handler" ~ '^[a-z][A-Za-z]{0,59}$'),
	CONSTRAINT "outbox_state" CHECK ("outbox"."state" in ('waiting', 'done', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "allocation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lot_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"score" integer NOT NULL,
	"reasons" jsonb NOT NULL,
	"proposed_by" uuid NOT NULL,
	"decided_by" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "allocation_state" CHECK ("allocation"."state" in ('proposed', 'applied', 'rejected', 'withdrawn', 'expired')),
	CONSTRAINT "allocation_quantity" CHECK ("allocation"."quantity" > 0),
	CONSTRAINT "allocation_decided" CHECK (("allocation"."state" in ('applied', 'rejected')) = ("allocation"."decided_by" is not null)),
	CONSTRAINT "allocation_four_eyes" CHECK ("allocation"."decided_by" is null or "allocation"."decided_by" <> "allocation"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "offer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"donor_id" uuid NOT NULL,
	"object_kind" text NOT NULL,
	"description" text NOT NULL,
	"condition" text NOT NULL,
	"unit_code" text NOT NULL,
	"quantity" bigint NOT NULL,
	"arrived" bigint DEFAULT 0 NOT NULL,
	"town_code" text NOT NULL,
	"point_id" uuid,
	"due_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"decline_reason" text,
	"gift_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "offer_code_unique" UNIQUE("code"),
	CONSTRAINT "offer_state" CHECK ("offer"."state" in ('offered', 'declined', 'accepted', 'received', 'withdrawn')),
	CONSTRAINT "offer_condition" CHECK ("offer"."condition" in ('new', 'as_new', 'used')),
	CONSTRAINT "offer_quantity" CHECK ("offer"."quantity" > 0),
	CONSTRAINT "offer_accepted_whole" CHECK ("offer"."state" not in ('accepted', 'received') or ("offer"."point_id" is not null and "offer"."due_at" is not null)),
	CONSTRAINT "offer_arrived" CHECK ("offer"."arrived" between 0 and "offer"."quantity"),
	CONSTRAINT "offer_arrived_at" CHECK ("offer"."arrived" = 0 or ("offer"."point_id" is not null and "offer"."state" in ('accepted', 'received'))),
	CONSTRAINT "offer_all_arrived" CHECK ("offer"."arrived" < "offer"."quantity" or "offer"."state" = 'received'),
	CONSTRAINT "offer_decline_reason" CHECK ("offer"."decline_reason" in ('not_needed', 'not_fit', 'too_far', 'not_taken')),
	CONSTRAINT "offer_declined" CHECK (("offer"."state" = 'declined') = ("offer"."decline_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "need_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"need_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"object_kind" text,
	"item_hans" text NOT NULL,
	"item_hant" text NOT NULL,
	"details_sealed" text,
	"unit_code" text NOT NULL,
	"unit_price_fen" bigint NOT NULL,
	"requested" bigint NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"pledged" bigint DEFAULT 0 NOT NULL,
	"in_hub" bigint DEFAULT 0 NOT NULL,
	"delivered" bigint DEFAULT 0 NOT NULL,
	"waived" bigint DEFAULT 0 NOT NULL,
	"open" bigint GENERATED ALWAYS AS (requested - held - pledged - in_hub - delivered - waived) STORED NOT NULL,
	"accepts" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"programme_id" uuid,
	CONSTRAINT "need_line_kind" CHECK ("need_line"."kind" in ('goods', 'service', 'money')),
	CONSTRAINT "need_line_object" CHECK (("need_line"."kind" = 'money') = ("need_line"."object_kind" is null)),
	CONSTRAINT "need_line_requested" CHECK ("need_line"."requested" > 0),
	CONSTRAINT "need_line_price" CHECK ("need_line"."unit_price_fen" > 0),
	CONSTRAINT "need_line_held" CHECK ("need_line"."held" >= 0),
	CONSTRAINT "need_line_pledged" CHECK ("need_line"."pledged" >= 0),
	CONSTRAINT "need_line_in_hub" CHECK ("need_line"."in_hub" >= 0),
	CONSTRAINT "need_line_delivered" CHECK ("need_line"."delivered" >= 0),
	CONSTRAINT "need_line_waived" CHECK ("need_line"."waived" >= 0),
	CONSTRAINT "need_line_never_over" CHECK (held + pledged + in_hub + delivered + waived <= requested)
);
--> statement-breakpoint
CREATE TABLE "need" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"town_code" text NOT NULL,
	"household_id" uuid,
	"organisation_id" uuid,
	"words_sealed" text,
	"entitlements_checked_by" uuid,
	"entitlements_checked_at" timestamp with time zone,
	"entitlement_gap" jsonb,
	"over_cap_reason" text,
	"duplicate_check" jsonb,
	"filed_by" uuid NOT NULL,
	"filed_at" timestamp with time zone,
	"wanted_by" timestamp with time zone,
	"verified_by" uuid,
	"verified_at" timestamp with time zone,
	"over_cap_approved_by" uuid,
	"published_by" uuid,
	"published_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"review_due_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"merged_into_id" uuid,
	"import_key" text,
	"import_content" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "need_code_unique" UNIQUE("code"),
	CONSTRAINT "need_import_key_unique" UNIQUE("import_key"),
	CONSTRAINT "need_of_household" UNIQUE("household_id","id"),
	CONSTRAINT "need_wanted_by" CHECK ("need"."wanted_by" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "need_state" CHECK ("need"."state" in ('draft', 'submitted', 'verified', 'published', 'suspended', 'closed', 'returned', 'rejected', 'merged', 'withdrawn', 'expired')),
	CONSTRAINT "need_kind" CHECK ("need"."kind" in ('wish', 'project')),
	CONSTRAINT "need_for_somebody" CHECK (("need"."kind" = 'wish') = ("need"."household_id" is not null) and ("need"."kind" = 'project') = ("need"."organisation_id" is not null)),
	CONSTRAINT "need_filed" CHECK ("need"."state" in ('draft', 'withdrawn') or "need"."filed_at" is not null),
	CONSTRAINT "need_four_eyes" CHECK ("need"."verified_by" is null or "need"."verified_by" <> "need"."filed_by"),
	CONSTRAINT "need_six_eyes" CHECK ("need"."published_by" is null or ("need"."published_by" <> "need"."filed_by" and "need"."published_by" <> "need"."verified_by")),
	CONSTRAINT "need_over_cap_reason" CHECK ("need"."over_cap_reason" is null or "need"."over_cap_reason" in ('assistive_device', 'safety', 'schooling', 'medical', 'group')),
	CONSTRAINT "need_over_cap_second" CHECK ("need"."over_cap_approved_by" is null or ("need"."over_cap_approved_by" <> "need"."filed_by" and "need"."over_cap_approved_by" <> "need"."verified_by")),
	CONSTRAINT "need_published_whole" CHECK ("need"."state" not in ('published', 'suspended', 'closed') or ("need"."verified_by" is not null and "need"."published_by" is not null and "need"."published_at" is not null)),
	CONSTRAINT "need_review_due" CHECK (("need"."state" in ('submitted', 'verified', 'suspended')) = ("need"."review_due_at" is not null)),
	CONSTRAINT "need_escalated_waits" CHECK ("need"."escalated_at" is null or "need"."review_due_at" is not null),
	CONSTRAINT "need_imported_by_key" CHECK ("need"."import_content" is null or "need"."import_key" is not null)
);
--> statement-breakpoint
CREATE TABLE "public_need" (
	"need_id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"title_hans" text NOT NULL,
	"title_hant" text NOT NULL,
	"story_hans" text NOT NULL,
	"story_hant" text NOT NULL,
	"pseudonym" text,
	"age_band" text,
	"public_group" text,
	"town_code" text NOT NULL,
	"line_kind" text NOT NULL,
	"object_kind" text,
	"organisation_id" uuid,
	"verified_at" timestamp with time zone NOT NULL,
	"verified_role" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"report_hans" text,
	"report_hant" text,
	"waiting_since" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"is_open" boolean NOT NULL,
	"search_text" text NOT NULL,
	"search_keys" text DEFAULT '' NOT NULL,
	"search_grams" "tsvector" GENERATED ALWAYS AS (search_grams(search_text) || array_to_tsvector(string_to_array(search_keys, ' '))) STORED,
	CONSTRAINT "public_need_code_unique" UNIQUE("code"),
	CONSTRAINT "public_need_kind" CHECK ("public_need"."kind" in ('wish', 'project')),
	CONSTRAINT "public_need_line_kind" CHECK ("public_need"."line_kind" in ('goods', 'service', 'money')),
	CONSTRAINT "public_need_verified_role" CHECK ("public_need"."verified_role" in ('town_reviewer', 'operator')),
	CONSTRAINT "public_need_group" CHECK ("public_need"."public_group" in ('child', 'older_person', 'disabled_person', 'illness_or_carers', 'low_income')),
	CONSTRAINT "public_need_age" CHECK ("public_need"."age_band" in ('under_6', '6_to_13', '14_to_17', '18_to_59', '60_to_79', '80_up', 'mixed'))
);
--> statement-breakpoint
CREATE TABLE "public_version" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "public_version_one_row" CHECK ("public_version"."one")
);
--> statement-breakpoint
CREATE TABLE "need_draft" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"filed_by" uuid NOT NULL,
	"household_id" uuid,
	"organisation_id" uuid,
	"form_sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "need_draft_code_unique" UNIQUE("code"),
	CONSTRAINT "need_draft_kind" CHECK ("need_draft"."kind" in ('wish', 'project')),
	CONSTRAINT "need_draft_whose" CHECK (("need_draft"."kind" = 'project') = ("need_draft"."organisation_id" is not null) and ("need_draft"."kind" = 'wish' or "need_draft"."household_id" is null)),
	CONSTRAINT "need_draft_sealed" CHECK ("need_draft"."form_sealed" like 'v1:%'),
	CONSTRAINT "need_draft_times" CHECK ("need_draft"."changed_at" >= "need_draft"."created_at")
);
--> statement-breakpoint
CREATE TABLE "charity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credit_code" text NOT NULL,
	CONSTRAINT "charity_credit_code_unique" UNIQUE("credit_code")
);
--> statement-breakpoint
CREATE TABLE "charity_account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"charity_id" uuid NOT NULL,
	"stripe_account_id" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"entered_by" uuid,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "charity_account_state" CHECK ("charity_account"."state" in ('proposed', 'approved', 'rejected', 'ended')),
	CONSTRAINT "charity_account_four_eyes" CHECK ("charity_account"."decided_by" is null or "charity_account"."decided_by" <> "charity_account"."entered_by"),
	CONSTRAINT "charity_account_decided" CHECK (case "charity_account"."state" when 'proposed' then "charity_account"."decided_by" is null else "charity_account"."decided_by" is not null or "charity_account"."entered_by" is null end)
);
--> statement-breakpoint
CREATE TABLE "filing" (
	"id" uuid PRIMARY KEY NOT NULL,
	"programme_id" uuid NOT NULL,
	"valid_to" timestamp with time zone NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"entered_by" uuid,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "filing_dates" CHECK ("filing"."valid_to" > "filing"."valid_from"),
	CONSTRAINT "filing_state" CHECK ("filing"."state" in ('proposed', 'approved', 'rejected', 'ended')),
	CONSTRAINT "filing_four_eyes" CHECK ("filing"."decided_by" is null or "filing"."decided_by" <> "filing"."entered_by"),
	CONSTRAINT "filing_decided" CHECK (case "filing"."state" when 'proposed' then "filing"."decided_by" is null else "filing"."decided_by" is not null or "filing"."entered_by" is null end)
);
--> statement-breakpoint
CREATE TABLE "fundraising_certificate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"charity_id" uuid NOT NULL,
	"number" text NOT NULL,
	"valid_to" timestamp with time zone NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"entered_by" uuid,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fundraising_certificate_dates" CHECK ("fundraising_certificate"."valid_to" > "fundraising_certificate"."valid_from"),
	CONSTRAINT "fundraising_certificate_state" CHECK ("fundraising_certificate"."state" in ('proposed', 'approved', 'rejected', 'ended')),
	CONSTRAINT "fundraising_certificate_four_eyes" CHECK ("fundraising_certificate"."decided_by" is null or "fundraising_certificate"."decided_by" <> "fundraising_certificate"."entered_by"),
	CONSTRAINT "fundraising_certificate_decided" CHECK (case "fundraising_certificate"."state" when 'proposed' then "fundraising_certificate"."decided_by" is null else "fundraising_certificate"."decided_by" is not null or "fundraising_certificate"."entered_by" is null end)
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credit_code" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"verified_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organisation_credit_code_unique" UNIQUE("credit_code"),
	CONSTRAINT "organisation_state" CHECK ("organisation"."state" in ('applied', 'verified'))
);
--> statement-breakpoint
CREATE TABLE "programme" (
	"id" uuid PRIMARY KEY NOT NULL,
	"charity_id" uuid NOT NULL,
	"filing_number" text NOT NULL,
	"name_hans" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"available_fen" bigint DEFAULT 0 NOT NULL,
	"committed_fen" bigint DEFAULT 0 NOT NULL,
	"entries" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "programme_filing_number_unique" UNIQUE("filing_number"),
	CONSTRAINT "programme_available" CHECK ("programme"."available_fen" >= 0),
	CONSTRAINT "programme_committed" CHECK ("programme"."committed_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "registration" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"charity_id" uuid,
	"name_hans" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"contact_phone" text NOT NULL,
	"number" text NOT NULL,
	"valid_to" timestamp with time zone NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"entered_by" uuid,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "registration_of_one" CHECK (num_nonnulls("registration"."organisation_id", "registration"."charity_id") = 1),
	CONSTRAINT "registration_dates" CHECK ("registration"."valid_to" > "registration"."valid_from"),
	CONSTRAINT "registration_state" CHECK ("registration"."state" in ('proposed', 'approved', 'rejected', 'ended')),
	CONSTRAINT "registration_four_eyes" CHECK ("registration"."decided_by" is null or "registration"."decided_by" <> "registration"."entered_by"),
	CONSTRAINT "registration_decided" CHECK (case "registration"."state" when 'proposed' then "registration"."decided_by" is null else "registration"."decided_by" is not null or "registration"."entered_by" is null end)
);
--> statement-breakpoint
CREATE TABLE "checkout" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pledge_id" uuid NOT NULL,
	"charity_id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"stripe_account_id" text NOT NULL,
	"session_id" text,
	"payment_intent_id" text,
	"url" text,
	"locale" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"buy_by" timestamp with time zone,
	"late_told_at" timestamp with time zone,
	"looked_at" timestamp with time zone,
	CONSTRAINT "checkout_session_id_unique" UNIQUE("session_id"),
	CONSTRAINT "checkout_payment_intent_id_unique" UNIQUE("payment_intent_id"),
	CONSTRAINT "checkout_locale" CHECK ("checkout"."locale" in ('zh-Hans', 'zh-Hant', 'en')),
	CONSTRAINT "checkout_state" CHECK ("checkout"."state" in ('open', 'processing', 'paid', 'expired', 'failed')),
	CONSTRAINT "checkout_amount" CHECK ("checkout"."amount_fen" > 0),
	CONSTRAINT "checkout_paid_whole" CHECK (("checkout"."state" = 'paid') = ("checkout"."payment_intent_id" is not null and "checkout"."paid_at" is not null)),
	CONSTRAINT "checkout_buy_by" CHECK ("checkout"."buy_by" is null or "checkout"."state" = 'paid'),
	CONSTRAINT "checkout_late_told" CHECK ("checkout"."late_told_at" is null or "checkout"."buy_by" < "checkout"."late_told_at")
);
--> statement-breakpoint
CREATE TABLE "finance_task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"reference" text NOT NULL,
	"charity_id" uuid,
	"pledge_id" uuid,
	"checkout_id" uuid,
	"amount_fen" bigint,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_by" uuid,
	"closed_at" timestamp with time zone,
	"resolution" text,
	"evidence" text,
	CONSTRAINT "finance_task_kind" CHECK ("finance_task"."kind" in ('late_payment', 'second_payment', 'wrong_account', 'wrong_amount', 'unknown_session', 'refund_failed', 'unknown_refund', 'target_gone')),
	CONSTRAINT "finance_task_state" CHECK ("finance_task"."state" in ('open', 'done')),
	CONSTRAINT "finance_task_resolution" CHECK ("finance_task"."resolution" is null or "finance_task"."resolution" in ('placed', 'refunded', 'kept_in_programme', 'explained')),
	CONSTRAINT "finance_task_done_whole" CHECK (("finance_task"."state" = 'done') = ("finance_task"."closed_by" is not null and "finance_task"."closed_at" is not null and "finance_task"."resolution" is not null))
);
--> statement-breakpoint
CREATE TABLE "giving_intent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"donor_id" uuid NOT NULL,
	"need_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "giving_intent_state" CHECK ("giving_intent"."state" in ('waiting', 'told', 'withdrawn')),
	CONSTRAINT "giving_intent_quantity" CHECK ("giving_intent"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "purchase" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"pledge_id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"supplier" text NOT NULL,
	"voucher_number" text NOT NULL,
	"supplier_key" text NOT NULL,
	"voucher_key" text NOT NULL,
	"bought_on" timestamp with time zone NOT NULL,
	"amount_fen" bigint NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid NOT NULL,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "purchase_code_unique" UNIQUE("code"),
	CONSTRAINT "purchase_state" CHECK ("purchase"."state" in ('proposed', 'approved', 'rejected')),
	CONSTRAINT "purchase_moment" CHECK ("purchase"."bought_on" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "purchase_voucher_key" CHECK ("purchase"."voucher_key" <> '' and "purchase"."voucher_key" = upper("purchase"."voucher_key") and "purchase"."voucher_key" !~ '[[:space:]-]'),
	CONSTRAINT "purchase_amount" CHECK ("purchase"."amount_fen" > 0 and "purchase"."quantity" > 0),
	CONSTRAINT "purchase_four_eyes" CHECK ("purchase"."decided_by" is null or "purchase"."decided_by" <> "purchase"."recorded_by")
);
--> statement-breakpoint
CREATE TABLE "refund" (
	"id" uuid PRIMARY KEY NOT NULL,
	"checkout_id" uuid NOT NULL,
	"payment_intent_id" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"task_id" uuid,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"stripe_refund_id" text,
	"requested_by" uuid NOT NULL,
	"approved_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"asked_at" timestamp with time zone,
	"tried_at" timestamp with time zone,
	CONSTRAINT "refund_stripe_refund_id_unique" UNIQUE("stripe_refund_id"),
	CONSTRAINT "refund_state" CHECK ("refund"."state" in ('proposed', 'asked', 'made', 'failed', 'rejected')),
	CONSTRAINT "refund_amount" CHECK ("refund"."amount_fen" > 0),
	CONSTRAINT "refund_four_eyes" CHECK ("refund"."approved_by" is null or "refund"."approved_by" <> "refund"."requested_by"),
	CONSTRAINT "refund_asked_when" CHECK ("refund"."state" not in ('asked', 'made', 'failed') or "refund"."asked_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "spending_share" (
	"id" uuid PRIMARY KEY NOT NULL,
	"spending_id" uuid NOT NULL,
	"pledge_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "spending_share_amount" CHECK ("spending_share"."amount_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "spending" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"line_id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"payee" text NOT NULL,
	"voucher_number" text NOT NULL,
	"payee_key" text NOT NULL,
	"voucher_key" text NOT NULL,
	"spent_on" timestamp with time zone NOT NULL,
	"amount_fen" bigint NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" uuid NOT NULL,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spending_code_unique" UNIQUE("code"),
	CONSTRAINT "spending_state" CHECK ("spending"."state" in ('proposed', 'approved', 'rejected')),
	CONSTRAINT "spending_moment" CHECK ("spending"."spent_on" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "spending_voucher_key" CHECK ("spending"."voucher_key" <> '' and "spending"."voucher_key" = upper("spending"."voucher_key") and "spending"."voucher_key" !~ '[[:space:]-]'),
	CONSTRAINT "spending_amount" CHECK ("spending"."amount_fen" > 0),
	CONSTRAINT "spending_four_eyes" CHECK ("spending"."decided_by" is null or "spending"."decided_by" <> "spending"."recorded_by"),
	CONSTRAINT "spending_decided" CHECK (("spending"."state" = 'proposed') = ("spending"."decided_by" is null))
);
--> statement-breakpoint
CREATE TABLE "stripe_event" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"account" text,
	"object_id" text NOT NULL,
	"payload" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"handled_at" timestamp with time zone,
	CONSTRAINT "stripe_event_outcome" CHECK ("stripe_event"."outcome" in ('waiting', 'handled', 'ignored', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "beneficiary_group" (
	"code" text PRIMARY KEY NOT NULL,
	"name_hans" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"public_group" text NOT NULL,
	"sort" integer NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	CONSTRAINT "beneficiary_group_public" CHECK ("beneficiary_group"."public_group" in ('child', 'older_person', 'disabled_person', 'illness_or_carers', 'low_income'))
);
--> statement-breakpoint
CREATE TABLE "everyday_word" (
	"said" text NOT NULL,
	"meant" text NOT NULL,
	CONSTRAINT "everyday_word_said_meant_pk" PRIMARY KEY("said","meant"),
	CONSTRAINT "everyday_word_differs" CHECK ("everyday_word"."said" <> '' and "everyday_word"."meant" <> '' and "everyday_word"."said" <> "everyday_word"."meant")
);
--> statement-breakpoint
CREATE TABLE "object_kind" (
	"code" text PRIMARY KEY NOT NULL,
	"name_hans" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"line_kind" text NOT NULL,
	"icon" text NOT NULL,
	"refused" boolean DEFAULT false NOT NULL,
	"sort" integer NOT NULL,
	CONSTRAINT "object_kind_line_kind" CHECK ("object_kind"."line_kind" in ('goods', 'service'))
);
--> statement-breakpoint
CREATE TABLE "service_point" (
	"id" uuid PRIMARY KEY NOT NULL,
	"town_code" text NOT NULL,
	"name_hans" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"address" text NOT NULL,
	"phone" text NOT NULL,
	"hours" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stored_file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"purpose" text NOT NULL,
	"about_id" uuid NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stored_file_purpose" CHECK ("stored_file"."purpose" in ('handover_photo', 'signed_list')),
	CONSTRAINT "stored_file_type" CHECK ("stored_file"."media_type" in ('image/jpeg'))
);
--> statement-breakpoint
CREATE TABLE "town" (
	"code" text PRIMARY KEY NOT NULL,
	"name_hans" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"kind" text NOT NULL,
	"sort" integer NOT NULL,
	CONSTRAINT "town_kind" CHECK ("town"."kind" in ('town', 'subdistrict'))
);
--> statement-breakpoint
CREATE TABLE "unit_of_measure" (
	"code" text PRIMARY KEY NOT NULL,
	"name_hans" text NOT NULL,
	"name_hant" text NOT NULL,
	"name_en" text NOT NULL,
	"name_en_plural" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "follow_up" (
	"id" uuid PRIMARY KEY NOT NULL,
	"referral_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"town_code" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"outcome" text,
	"done_by" uuid,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "follow_up_referral_id_unique" UNIQUE("referral_id"),
	CONSTRAINT "follow_up_state" CHECK ("follow_up"."state" in ('open', 'done')),
	CONSTRAINT "follow_up_reason" CHECK ("follow_up"."reason" in ('not_eligible', 'no_capacity', 'could_not_contact', 'no_longer_wanted', 'referred_elsewhere')),
	CONSTRAINT "follow_up_outcome" CHECK ("follow_up"."outcome" in ('new_referral', 'wish_filed', 'nothing_possible', 'looking_after')),
	CONSTRAINT "follow_up_done" CHECK (("follow_up"."state" = 'done') = ("follow_up"."outcome" is not null and "follow_up"."done_by" is not null and "follow_up"."done_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "referral_owner" (
	"id" uuid PRIMARY KEY NOT NULL,
	"referral_id" uuid NOT NULL,
	"department" text NOT NULL,
	"is_lead" boolean NOT NULL,
	"answer" text DEFAULT 'waiting' NOT NULL,
	"cannot_reason" text,
	"added_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "referral_owner_answer" CHECK ("referral_owner"."answer" in ('waiting', 'agreed', 'done', 'cannot')),
	CONSTRAINT "referral_owner_cannot_reason" CHECK ("referral_owner"."cannot_reason" in ('not_eligible', 'no_capacity', 'not_ours')),
	CONSTRAINT "referral_owner_says_why" CHECK (("referral_owner"."answer" = 'cannot') = ("referral_owner"."cannot_reason" is not null)),
	CONSTRAINT "referral_owner_lead_stays" CHECK (not ("referral_owner"."is_lead" and "referral_owner"."removed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "referral" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"household_id" uuid NOT NULL,
	"item_code" text,
	"town_code" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"closed_reason" text,
	"next_referral_id" uuid,
	"without_reason" text,
	"asked_sealed" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "referral_code_unique" UNIQUE("code"),
	CONSTRAINT "referral_state" CHECK ("referral"."state" in ('created', 'sent', 'accepted', 'needs_client_action', 'waitlisted', 'eligible', 'in_service', 'got_help', 'not_helped')),
	CONSTRAINT "referral_closed_reason" CHECK ("referral"."closed_reason" in ('not_eligible', 'no_capacity', 'could_not_contact', 'no_longer_wanted', 'referred_elsewhere')),
	CONSTRAINT "referral_without_reason" CHECK ("referral"."without_reason" in ('not_needed', 'done_by_others', 'goes_on_apart')),
	CONSTRAINT "referral_has_clock" CHECK (("referral"."state" in ('got_help', 'not_helped')) = ("referral"."due_at" is null)),
	CONSTRAINT "referral_ended" CHECK (("referral"."due_at" is null) = ("referral"."closed_at" is not null)),
	CONSTRAINT "referral_says_why" CHECK (("referral"."state" = 'not_helped') = ("referral"."closed_reason" is not null)),
	CONSTRAINT "referral_says_where" CHECK (("referral"."closed_reason" is not distinct from 'referred_elsewhere') = ("referral"."next_referral_id" is not null)),
	CONSTRAINT "referral_tried" CHECK ("referral"."closed_reason" is distinct from 'could_not_contact' or "referral"."tries" >= 3)
);
--> statement-breakpoint
CREATE TABLE "recipient_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"need_id" uuid,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"words_sealed" text,
	"recorded_by" uuid NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"closed_by" uuid,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"answer_sealed" text,
	CONSTRAINT "recipient_request_moment" CHECK ("recipient_request"."occurred_at" >= timestamptz '2000-01-01 00:00:00+08'),
	CONSTRAINT "recipient_request_kind" CHECK ("recipient_request"."kind" in ('refuse', 'correct', 'withdraw_consent', 'erase')),
	CONSTRAINT "recipient_request_state" CHECK ("recipient_request"."state" in ('open', 'done')),
	CONSTRAINT "recipient_request_outcome" CHECK ("recipient_request"."outcome" in ('corrected', 'was_right', 'not_possible', 'taken_back', 'erased')),
	CONSTRAINT "recipient_request_one_wish" CHECK ("recipient_request"."need_id" is null or "recipient_request"."kind" in ('refuse', 'correct')),
	CONSTRAINT "recipient_request_closed" CHECK (("recipient_request"."state" = 'done') = ("recipient_request"."closed_at" is not null)),
	CONSTRAINT "recipient_request_due" CHECK (("recipient_request"."state" = 'open') = ("recipient_request"."due_at" is not null)),
	CONSTRAINT "recipient_request_escalated" CHECK ("recipient_request"."escalated_at" is null or "recipient_request"."due_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "finder_handover" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"answers_sealed" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone,
	CONSTRAINT "finder_handover_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "household_benefit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"item_code" text NOT NULL,
	"since" date,
	"ended_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household_facts" (
	"household_id" uuid PRIMARY KEY NOT NULL,
	"town_code" text NOT NULL,
	"status" text,
	"income_per_head_min_fen" bigint,
	"income_per_head_max_fen" bigint,
	"income_total_min_fen" bigint,
	"income_total_max_fen" bigint,
	"household_size_min" smallint,
	"household_size_max" smallint,
	"income_head_min_fen" bigint GENERATED ALWAYS AS (case when (income_total_min_fen / household_size_max is not null and income_total_max_fen / household_size_min is not null) or (income_per_head_min_fen is null and income_per_head_max_fen is null) then income_total_min_fen / household_size_max else income_per_head_min_fen end) STORED,
	"income_head_max_fen" bigint GENERATED ALWAYS AS (case when (income_total_min_fen / household_size_max is not null and income_total_max_fen / household_size_min is not null) or (income_per_head_min_fen is null and income_per_head_max_fen is null) then income_total_max_fen / household_size_min else income_per_head_max_fen end) STORED,
	"assets_within_limit" boolean,
	"local_registered" boolean,
	"rural" boolean,
	"lives_alone" boolean,
	"single_parent" boolean,
	"home_short" boolean,
	"home_unsafe" boolean,
	"sudden_hardship" boolean,
	"disaster_hit" boolean,
	"high_medical_cost" boolean,
	"none_employed" boolean,
	"only_child_lost" boolean,
	"members_complete" boolean NOT NULL,
	"origin" text NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "household_facts_status" CHECK ("household_facts"."status" in ('dibao', 'tekun', 'dibao_margin', 'rigid_expense', 'none')),
	CONSTRAINT "household_facts_income" CHECK ("household_facts"."income_per_head_min_fen" >= 0 and "household_facts"."income_per_head_max_fen" >= "household_facts"."income_per_head_min_fen"),
	CONSTRAINT "household_facts_total" CHECK ("household_facts"."income_total_min_fen" >= 0 and "household_facts"."income_total_max_fen" >= "household_facts"."income_total_min_fen"),
	CONSTRAINT "household_facts_size" CHECK ("household_facts"."household_size_min" >= 1 and "household_facts"."household_size_max" >= "household_facts"."household_size_min"),
	CONSTRAINT "household_facts_alone" CHECK (not ("household_facts"."lives_alone" and "household_facts"."household_size_min" > 1)),
	CONSTRAINT "household_facts_origin" CHECK ("household_facts"."origin" in ('registration', 'visit'))
);
--> statement-breakpoint
CREATE TABLE "household_member" (
	"household_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"born_from" date,
	"born_to" date,
	"sex" text,
	"disability_grade" text,
	"disability_kind" text,
	"care_need" text,
	"serious_illness" boolean,
	"chronic_illness" boolean,
	"mental_illness" boolean,
	"tuberculosis" boolean,
	"child_situation" text,
	"study" text,
	"work" text,
	"insurance" text,
	"pregnancy" text,
	"service" text,
	"no_supporter" boolean,
	"cares_for_someone" boolean,
	"wants_business" boolean,
	"rural_family_planning" boolean,
	CONSTRAINT "household_member_household_id_position_pk" PRIMARY KEY("household_id","position"),
	CONSTRAINT "household_member_born" CHECK ("household_member"."born_to" >= "household_member"."born_from"),
	CONSTRAINT "household_member_sex" CHECK ("household_member"."sex" in ('female', 'male')),
	CONSTRAINT "household_member_disability_grade" CHECK ("household_member"."disability_grade" in ('none', 'grade_1', 'grade_2', 'grade_3', 'grade_4')),
	CONSTRAINT "household_member_disability_kind" CHECK ("household_member"."disability_kind" in ('none', 'sight', 'hearing', 'speech', 'physical', 'intellectual', 'mental', 'multiple')),
	CONSTRAINT "household_member_care_need" CHECK ("household_member"."care_need" in ('none', 'partial', 'full')),
	CONSTRAINT "household_member_child_situation" CHECK ("household_member"."child_situation" in ('none', 'orphan', 'unsupported', 'in_hardship', 'left_behind')),
	CONSTRAINT "household_member_study" CHECK ("household_member"."study" in ('none', 'kindergarten', 'compulsory', 'senior_high', 'vocational', 'university')),
	CONSTRAINT "household_member_work" CHECK ("household_member"."work" in ('working', 'looking', 'unable', 'retired', 'none')),
	CONSTRAINT "household_member_insurance" CHECK ("household_member"."insurance" in ('employee', 'resident', 'none')),
	CONSTRAINT "household_member_pregnancy" CHECK ("household_member"."pregnancy" in ('none', 'planning', 'pregnant')),
	CONSTRAINT "household_member_service" CHECK ("household_member"."service" in ('none', 'veteran', 'preferential', 'both'))
);
--> statement-breakpoint
CREATE TABLE "household_screening" (
	"household_id" uuid PRIMARY KEY NOT NULL,
	"town_code" text NOT NULL,
	"likely" integer[] NOT NULL,
	"maybe" integer[] NOT NULL,
	"screened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"item_code" text NOT NULL,
	"town_code" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"trigger" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	CONSTRAINT "push_state" CHECK ("push"."state" in ('queued', 'sent', 'call_list', 'interested', 'declined', 'no_answer')),
	CONSTRAINT "push_trigger" CHECK ("push"."trigger" in ('facts', 'refresh', 'rule'))
);
--> statement-breakpoint
CREATE TABLE "screening_refresh" (
	"id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"rules_version" text NOT NULL,
	"changed" integer NOT NULL,
	"reached" uuid,
	"finished_at" timestamp with time zone,
	CONSTRAINT "screening_refresh_reached" CHECK ("screening_refresh"."finished_at" is null or "screening_refresh"."reached" is null)
);
--> statement-breakpoint
ALTER TABLE "goods_move" ADD CONSTRAINT "goods_move_lot_id_lot_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_stock" ADD CONSTRAINT "lot_stock_lot_id_lot_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot" ADD CONSTRAINT "lot_unit_code_unit_of_measure_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."unit_of_measure"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot" ADD CONSTRAINT "lot_split_from" FOREIGN KEY ("split_from") REFERENCES "public"."lot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_entry" ADD CONSTRAINT "money_entry_reverses" FOREIGN KEY ("reverses_id") REFERENCES "public"."money_entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_transfer" ADD CONSTRAINT "money_transfer_entry_id_money_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."money_entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_transfer" ADD CONSTRAINT "money_transfer_from" FOREIGN KEY ("from_account","half") REFERENCES "public"."money_account"("code","half") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_transfer" ADD CONSTRAINT "money_transfer_to" FOREIGN KEY ("to_account","half") REFERENCES "public"."money_account"("code","half") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "count_correction" ADD CONSTRAINT "count_correction_parcel_id_parcel_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_report" ADD CONSTRAINT "item_report_item_code_list_item_code_fk" FOREIGN KEY ("item_code") REFERENCES "public"."list_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_report" ADD CONSTRAINT "item_report_settled_by_app_user_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_item" ADD CONSTRAINT "list_item_owner_id_app_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_item" ADD CONSTRAINT "list_item_checked_by_app_user_id_fk" FOREIGN KEY ("checked_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_parameter" ADD CONSTRAINT "list_parameter_proposed_by_app_user_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_parameter" ADD CONSTRAINT "list_parameter_approved_by_app_user_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_rule" ADD CONSTRAINT "list_rule_item_code_list_item_code_fk" FOREIGN KEY ("item_code") REFERENCES "public"."list_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_rule" ADD CONSTRAINT "list_rule_drafted_by_app_user_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_rule" ADD CONSTRAINT "list_rule_approved_by_app_user_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_need_id_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."need"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_point_id_service_point_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."service_point"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_item" ADD CONSTRAINT "delivery_item_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."delivery"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_item" ADD CONSTRAINT "delivery_item_lot_id_lot_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_item" ADD CONSTRAINT "delivery_item_line_id_need_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."need_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_need_id_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."need"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."delivery"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handover" ADD CONSTRAINT "handover_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."delivery"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handover" ADD CONSTRAINT "handover_file_id_stored_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."stored_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspection" ADD CONSTRAINT "inspection_parcel_id_parcel_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel" ADD CONSTRAINT "parcel_pledge_id_pledge_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel" ADD CONSTRAINT "parcel_offer_id_offer_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel" ADD CONSTRAINT "parcel_point_id_service_point_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."service_point"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_visit" ADD CONSTRAINT "service_visit_pledge_id_pledge_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_visit" ADD CONSTRAINT "service_visit_line_id_need_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."need_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection" ADD CONSTRAINT "collection_gift_id_gift_id_fk" FOREIGN KEY ("gift_id") REFERENCES "public"."gift"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection" ADD CONSTRAINT "collection_point_id_service_point_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."service_point"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gift" ADD CONSTRAINT "gift_donor_id_app_user_id_fk" FOREIGN KEY ("donor_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gift" ADD CONSTRAINT "gift_point_id_service_point_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."service_point"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_day" ADD CONSTRAINT "joint_day_gift_id_gift_id_fk" FOREIGN KEY ("gift_id") REFERENCES "public"."gift"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_day" ADD CONSTRAINT "joint_day_point_id_service_point_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."service_point"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_gift_id_gift_id_fk" FOREIGN KEY ("gift_id") REFERENCES "public"."gift"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_donor_id_app_user_id_fk" FOREIGN KEY ("donor_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_need_id_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."need"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_line_id_need_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."need_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_goes_on" FOREIGN KEY ("retargeted_from") REFERENCES "public"."pledge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_group_code_beneficiary_group_code_fk" FOREIGN KEY ("group_code") REFERENCES "public"."beneficiary_group"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "donor_profile" ADD CONSTRAINT "donor_profile_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_app_user_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_accepted_by_app_user_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_proposal" ADD CONSTRAINT "role_proposal_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_proposal" ADD CONSTRAINT "role_proposal_proposed_by_app_user_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_proposal" ADD CONSTRAINT "role_proposal_decided_by_app_user_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_journal_id_journal_id_fk" FOREIGN KEY ("journal_id") REFERENCES "public"."journal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_lot_id_lot_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_line_id_need_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."need_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_donor_id_app_user_id_fk" FOREIGN KEY ("donor_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_object_kind_object_kind_code_fk" FOREIGN KEY ("object_kind") REFERENCES "public"."object_kind"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_unit_code_unit_of_measure_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."unit_of_measure"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_point_id_service_point_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."service_point"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_line" ADD CONSTRAINT "need_line_need_id_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."need"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_line" ADD CONSTRAINT "need_line_object_kind_object_kind_code_fk" FOREIGN KEY ("object_kind") REFERENCES "public"."object_kind"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_line" ADD CONSTRAINT "need_line_unit_code_unit_of_measure_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."unit_of_measure"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_line" ADD CONSTRAINT "need_line_programme_id_programme_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programme"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_filed_by_app_user_id_fk" FOREIGN KEY ("filed_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_verified_by_app_user_id_fk" FOREIGN KEY ("verified_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_over_cap_approved_by_app_user_id_fk" FOREIGN KEY ("over_cap_approved_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need" ADD CONSTRAINT "need_published_by_app_user_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_need" ADD CONSTRAINT "public_need_need_id_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."need"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_need" ADD CONSTRAINT "public_need_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_need" ADD CONSTRAINT "public_need_object_kind_object_kind_code_fk" FOREIGN KEY ("object_kind") REFERENCES "public"."object_kind"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_need" ADD CONSTRAINT "public_need_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_draft" ADD CONSTRAINT "need_draft_filed_by_app_user_id_fk" FOREIGN KEY ("filed_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_draft" ADD CONSTRAINT "need_draft_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_draft" ADD CONSTRAINT "need_draft_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "charity_account" ADD CONSTRAINT "charity_account_charity_id_charity_id_fk" FOREIGN KEY ("charity_id") REFERENCES "public"."charity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing" ADD CONSTRAINT "filing_programme_id_programme_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programme"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fundraising_certificate" ADD CONSTRAINT "fundraising_certificate_charity_id_charity_id_fk" FOREIGN KEY ("charity_id") REFERENCES "public"."charity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme" ADD CONSTRAINT "programme_charity_id_charity_id_fk" FOREIGN KEY ("charity_id") REFERENCES "public"."charity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration" ADD CONSTRAINT "registration_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration" ADD CONSTRAINT "registration_charity_id_charity_id_fk" FOREIGN KEY ("charity_id") REFERENCES "public"."charity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_pledge_id_pledge_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_charity_id_charity_id_fk" FOREIGN KEY ("charity_id") REFERENCES "public"."charity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_programme_id_programme_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programme"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finance_task" ADD CONSTRAINT "finance_task_charity_id_charity_id_fk" FOREIGN KEY ("charity_id") REFERENCES "public"."charity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "giving_intent" ADD CONSTRAINT "giving_intent_donor_id_app_user_id_fk" FOREIGN KEY ("donor_id") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "giving_intent" ADD CONSTRAINT "giving_intent_need_id_need_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."need"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "giving_intent" ADD CONSTRAINT "giving_intent_line_id_need_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."need_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_pledge_id_pledge_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_programme_id_programme_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programme"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund" ADD CONSTRAINT "refund_checkout_id_checkout_id_fk" FOREIGN KEY ("checkout_id") REFERENCES "public"."checkout"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund" ADD CONSTRAINT "refund_task_id_finance_task_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."finance_task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spending_share" ADD CONSTRAINT "spending_share_spending_id_spending_id_fk" FOREIGN KEY ("spending_id") REFERENCES "public"."spending"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spending_share" ADD CONSTRAINT "spending_share_pledge_id_pledge_id_fk" FOREIGN KEY ("pledge_id") REFERENCES "public"."pledge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spending" ADD CONSTRAINT "spending_line_id_need_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."need_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spending" ADD CONSTRAINT "spending_programme_id_programme_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programme"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_point" ADD CONSTRAINT "service_point_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_referral_id_referral_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referral"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_done_by_app_user_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_owner" ADD CONSTRAINT "referral_owner_referral_id_referral_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referral"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_item_code_list_item_code_fk" FOREIGN KEY ("item_code") REFERENCES "public"."list_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_next_referral_id_referral_id_fk" FOREIGN KEY ("next_referral_id") REFERENCES "public"."referral"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipient_request" ADD CONSTRAINT "recipient_request_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipient_request" ADD CONSTRAINT "recipient_request_own_wish" FOREIGN KEY ("household_id","need_id") REFERENCES "public"."need"("household_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finder_handover" ADD CONSTRAINT "finder_handover_opened_by_app_user_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_benefit" ADD CONSTRAINT "household_benefit_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_benefit" ADD CONSTRAINT "household_benefit_item_code_list_item_code_fk" FOREIGN KEY ("item_code") REFERENCES "public"."list_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_benefit" ADD CONSTRAINT "household_benefit_recorded_by_app_user_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_facts" ADD CONSTRAINT "household_facts_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_facts" ADD CONSTRAINT "household_facts_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_facts" ADD CONSTRAINT "household_facts_recorded_by_app_user_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_household_id_household_facts_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household_facts"("household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_screening" ADD CONSTRAINT "household_screening_household_id_household_facts_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household_facts"("household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push" ADD CONSTRAINT "push_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push" ADD CONSTRAINT "push_item_code_list_item_code_fk" FOREIGN KEY ("item_code") REFERENCES "public"."list_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push" ADD CONSTRAINT "push_town_code_town_code_fk" FOREIGN KEY ("town_code") REFERENCES "public"."town"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push" ADD CONSTRAINT "push_answered_by_app_user_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."app_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "goods_move_once" ON "goods_move" USING btree ("source_type","source_id","lot_id","from_place","to_place");--> statement-breakpoint
CREATE INDEX "goods_move_by_lot" ON "goods_move" USING btree ("lot_id","id");--> statement-breakpoint
CREATE INDEX "goods_move_by_day" ON "goods_move" USING btree ("accounting_date","id");--> statement-breakpoint
CREATE UNIQUE INDEX "lot_of_inspection" ON "lot" USING btree ("inspection_id") WHERE split_from is null;--> statement-breakpoint
CREATE INDEX "lot_by_line" ON "lot" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "lot_by_pledge" ON "lot" USING btree ("pledge_id");--> statement-breakpoint
CREATE INDEX "lot_unmatched" ON "lot" USING btree ("id") WHERE line_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "money_entry_once" ON "money_entry" USING btree ("source_type","source_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "money_entry_numbered" ON "money_entry" USING btree ("programme_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "money_entry_reversed_once" ON "money_entry" USING btree ("reverses_id");--> statement-breakpoint
CREATE INDEX "money_entry_by_day" ON "money_entry" USING btree ("accounting_date","id");--> statement-breakpoint
CREATE INDEX "money_entry_by_gift" ON "money_entry" USING btree ("gift_id");--> statement-breakpoint
CREATE INDEX "money_transfer_by_from" ON "money_transfer" USING btree ("from_account");--> statement-breakpoint
CREATE INDEX "money_transfer_by_to" ON "money_transfer" USING btree ("to_account");--> statement-breakpoint
CREATE INDEX "count_correction_by_parcel" ON "count_correction" USING btree ("parcel_id");--> statement-breakpoint
CREATE UNIQUE INDEX "count_correction_one_proposed" ON "count_correction" USING btree ("parcel_id") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "item_report_open" ON "item_report" USING btree ("state","due_at","id");--> statement-breakpoint
CREATE INDEX "list_item_by_list" ON "list_item" USING btree ("list","state","sort");--> statement-breakpoint
CREATE INDEX "list_item_by_check" ON "list_item" USING btree ("checked_at" NULLS FIRST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "list_parameter_once" ON "list_parameter" USING btree ("code","valid_from") WHERE state = 'approved';--> statement-breakpoint
CREATE UNIQUE INDEX "list_rule_edition" ON "list_rule" USING btree ("item_code","edition");--> statement-breakpoint
CREATE UNIQUE INDEX "list_rule_one_open" ON "list_rule" USING btree ("item_code") WHERE state in ('draft', 'tested');--> statement-breakpoint
CREATE INDEX "list_rule_in_force" ON "list_rule" USING btree ("item_code","effective_from") WHERE state = 'approved';--> statement-breakpoint
CREATE INDEX "delivery_by_need" ON "delivery" USING btree ("need_id");--> statement-breakpoint
CREATE INDEX "delivery_by_courier" ON "delivery" USING btree ("courier_id","state");--> statement-breakpoint
CREATE INDEX "delivery_to_confirm" ON "delivery" USING btree ("confirm_by") WHERE state = 'handed_over';--> statement-breakpoint
CREATE INDEX "delivery_by_point" ON "delivery" USING btree ("point_id","state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_item_lot" ON "delivery_item" USING btree ("delivery_id","lot_id");--> statement-breakpoint
CREATE INDEX "delivery_item_by_lot" ON "delivery_item" USING btree ("lot_id");--> statement-breakpoint
CREATE INDEX "delivery_item_by_line" ON "delivery_item" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "feedback_by_need" ON "feedback" USING btree ("need_id");--> statement-breakpoint
CREATE INDEX "feedback_by_delivery" ON "feedback" USING btree ("delivery_id");--> statement-breakpoint
CREATE UNIQUE INDEX "handover_file_once" ON "handover" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "handover_by_delivery" ON "handover" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "parcel_by_pledge" ON "parcel" USING btree ("pledge_id");--> statement-breakpoint
CREATE INDEX "parcel_by_offer" ON "parcel" USING btree ("offer_id");--> statement-breakpoint
CREATE INDEX "parcel_waiting" ON "parcel" USING btree ("point_id","id") WHERE inspected_at is null;--> statement-breakpoint
CREATE INDEX "service_visit_by_pledge" ON "service_visit" USING btree ("pledge_id");--> statement-breakpoint
CREATE INDEX "collection_coming" ON "collection" USING btree ("point_id","day") WHERE state in ('asked', 'missed');--> statement-breakpoint
CREATE INDEX "gift_by_donor" ON "gift" USING btree ("donor_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "joint_day_one_a_gift" ON "joint_day" USING btree ("gift_id") WHERE state in ('proposed', 'agreed');--> statement-breakpoint
CREATE INDEX "joint_day_by_gift" ON "joint_day" USING btree ("gift_id","id");--> statement-breakpoint
CREATE INDEX "joint_day_coming" ON "joint_day" USING btree ("point_id","day") WHERE state in ('proposed', 'agreed');--> statement-breakpoint
CREATE INDEX "pledge_by_gift" ON "pledge" USING btree ("gift_id");--> statement-breakpoint
CREATE INDEX "pledge_by_line" ON "pledge" USING btree ("line_id","state");--> statement-breakpoint
CREATE INDEX "pledge_by_donor" ON "pledge" USING btree ("donor_id","id");--> statement-breakpoint
CREATE INDEX "pledge_live_holds" ON "pledge" USING btree ("hold_until") WHERE state in ('promised', 'paying');--> statement-breakpoint
CREATE INDEX "pledge_due" ON "pledge" USING btree ("due_at") WHERE state = 'confirmed';--> statement-breakpoint
CREATE UNIQUE INDEX "consent_live" ON "consent" USING btree ("household_id","scope") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "household_by_name_hash" ON "household" USING btree ("name_hash");--> statement-breakpoint
CREATE INDEX "household_by_phone_hash" ON "household" USING btree ("phone_hash");--> statement-breakpoint
CREATE INDEX "household_by_id_hash" ON "household" USING btree ("id_hash");--> statement-breakpoint
CREATE INDEX "household_by_lookup_rule" ON "household" USING btree ("lookup_rule","id");--> statement-breakpoint
CREATE INDEX "household_by_town" ON "household" USING btree ("town_code","id");--> statement-breakpoint
CREATE INDEX "record_opening_live" ON "record_opening" USING btree ("subject_id","actor_id","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "app_user_email" ON "app_user" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "app_user_unconfirmed" ON "app_user" USING btree ("created_at") WHERE mail_confirmed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_one_open" ON "invitation" USING btree ("mail_hash","role","scope_kind","scope_id") WHERE closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_link_one_open" ON "one_time_link" USING btree ("user_id","purpose") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "request_key_by_day" ON "request_key" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "role_grant_once" ON "role_grant" USING btree ("user_id","role","scope_kind","scope_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "role_proposal_one_waiting" ON "role_proposal" USING btree ("user_id","role","scope_kind","scope_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_by_end" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "setting_dated" ON "setting" USING btree ("key","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_step" ON "journal" USING btree ("entity","entity_id","entity_version");--> statement-breakpoint
CREATE INDEX "journal_by_gift" ON "journal" USING btree ("gift_id","id");--> statement-breakpoint
CREATE INDEX "journal_by_need" ON "journal" USING btree ("need_id","id");--> statement-breakpoint
CREATE INDEX "journal_by_line" ON "journal" USING btree ("line_id","id");--> statement-breakpoint
CREATE INDEX "journal_by_actor" ON "journal" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "journal_role_changes" ON "journal" USING btree ("id") WHERE event in ('role.grant', 'role.revoke', 'role_proposal.propose', 'role_proposal.approve', 'role_proposal.reject', 'role_proposal.withdraw', 'invitation.make', 'invitation.accept', 'invitation.withdraw', 'account.disable', 'account.enable') and (data ->> 'role') is distinct from 'donor';--> statement-breakpoint
CREATE INDEX "message_by_user" ON "message" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "message_by_day" ON "message" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_once" ON "outbox" USING btree ("journal_id","handler");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("run_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_done" ON "outbox" USING btree ("run_at") WHERE state = 'done';--> statement-breakpoint
CREATE INDEX "outbox_not_done" ON "outbox" USING btree ("state","id") WHERE state <> 'done';--> statement-breakpoint
CREATE INDEX "allocation_by_lot" ON "allocation" USING btree ("lot_id");--> statement-breakpoint
CREATE INDEX "allocation_by_line" ON "allocation" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "allocation_proposed" ON "allocation" USING btree ("expires_at") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "offer_due" ON "offer" USING btree ("due_at") WHERE state = 'accepted';--> statement-breakpoint
CREATE INDEX "offer_by_state" ON "offer" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "offer_by_donor" ON "offer" USING btree ("donor_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "need_line_position" ON "need_line" USING btree ("need_id","position");--> statement-breakpoint
CREATE INDEX "need_line_by_object" ON "need_line" USING btree ("object_kind");--> statement-breakpoint
CREATE INDEX "need_line_gap" ON "need_line" USING btree ("need_id","open") WHERE kind <> 'money';--> statement-breakpoint
CREATE INDEX "need_line_to_serve" ON "need_line" USING btree ("object_kind") WHERE accepts and open > 0;--> statement-breakpoint
CREATE INDEX "need_review_due_by" ON "need" USING btree ("review_due_at","id") WHERE review_due_at is not null;--> statement-breakpoint
CREATE INDEX "need_by_import" ON "need" USING btree ("import_content") WHERE import_content is not null;--> statement-breakpoint
CREATE INDEX "need_by_state_town" ON "need" USING btree ("state","town_code","id");--> statement-breakpoint
CREATE INDEX "need_by_filer" ON "need" USING btree ("filed_by","id");--> statement-breakpoint
CREATE INDEX "need_expiring" ON "need" USING btree ("expires_at") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "public_need_search" ON "public_need" USING gin ("search_grams");--> statement-breakpoint
CREATE INDEX "public_need_waiting" ON "public_need" USING btree ("is_open","waiting_since","need_id");--> statement-breakpoint
CREATE INDEX "public_need_newest" ON "public_need" USING btree ("published_at","need_id");--> statement-breakpoint
CREATE INDEX "public_need_facets" ON "public_need" USING btree ("is_open","town_code","line_kind","public_group","object_kind");--> statement-breakpoint
CREATE INDEX "need_draft_by_filer" ON "need_draft" USING btree ("filed_by","changed_at");--> statement-breakpoint
CREATE INDEX "need_draft_by_organisation" ON "need_draft" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "need_draft_by_household" ON "need_draft" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "need_draft_untouched" ON "need_draft" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "charity_account_of" ON "charity_account" USING btree ("charity_id","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "charity_account_waiting" ON "charity_account" USING btree ("charity_id") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "filing_of" ON "filing" USING btree ("programme_id","valid_to");--> statement-breakpoint
CREATE UNIQUE INDEX "filing_waiting" ON "filing" USING btree ("programme_id") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "fundraising_certificate_of" ON "fundraising_certificate" USING btree ("charity_id","valid_to");--> statement-breakpoint
CREATE UNIQUE INDEX "fundraising_certificate_waiting" ON "fundraising_certificate" USING btree ("charity_id") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "programme_by_charity" ON "programme" USING btree ("charity_id");--> statement-breakpoint
CREATE INDEX "registration_of_organisation" ON "registration" USING btree ("organisation_id","valid_from");--> statement-breakpoint
CREATE INDEX "registration_of_charity" ON "registration" USING btree ("charity_id","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "registration_waiting" ON "registration" USING btree (coalesce("organisation_id", "charity_id")) WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "checkout_to_buy" ON "checkout" USING btree ("buy_by") WHERE buy_by is not null;--> statement-breakpoint
CREATE INDEX "checkout_by_pledge" ON "checkout" USING btree ("pledge_id");--> statement-breakpoint
CREATE INDEX "checkout_open" ON "checkout" USING btree ("created_at") WHERE state in ('open', 'processing');--> statement-breakpoint
CREATE UNIQUE INDEX "finance_task_once" ON "finance_task" USING btree ("kind","reference");--> statement-breakpoint
CREATE INDEX "finance_task_open" ON "finance_task" USING btree ("opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "giving_intent_once" ON "giving_intent" USING btree ("donor_id","line_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "giving_intent_waiting" ON "giving_intent" USING btree ("id") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "purchase_voucher" ON "purchase" USING btree ("programme_id","supplier_key","voucher_key") WHERE state <> 'rejected';--> statement-breakpoint
CREATE INDEX "purchase_by_pledge" ON "purchase" USING btree ("pledge_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refund_once" ON "refund" USING btree ("payment_intent_id") WHERE state not in ('rejected', 'failed');--> statement-breakpoint
CREATE INDEX "refund_under_way" ON "refund" USING btree ("tried_at") WHERE state = 'asked';--> statement-breakpoint
CREATE UNIQUE INDEX "spending_share_once" ON "spending_share" USING btree ("spending_id","pledge_id");--> statement-breakpoint
CREATE INDEX "spending_share_by_pledge" ON "spending_share" USING btree ("pledge_id");--> statement-breakpoint
CREATE UNIQUE INDEX "spending_voucher" ON "spending" USING btree ("programme_id","payee_key","voucher_key") WHERE state <> 'rejected';--> statement-breakpoint
CREATE INDEX "spending_by_line" ON "spending" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "stripe_event_waiting" ON "stripe_event" USING btree ("received_at") WHERE outcome = 'waiting';--> statement-breakpoint
CREATE INDEX "stripe_event_by_day" ON "stripe_event" USING btree ("handled_at");--> statement-breakpoint
CREATE INDEX "follow_up_open" ON "follow_up" USING btree ("town_code","due_at") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "referral_owner_one_lead" ON "referral_owner" USING btree ("referral_id") WHERE is_lead;--> statement-breakpoint
CREATE UNIQUE INDEX "referral_owner_once" ON "referral_owner" USING btree ("referral_id","department") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "referral_one_open" ON "referral" USING btree ("household_id","item_code") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "referral_work" ON "referral" USING btree ("town_code","due_at","id");--> statement-breakpoint
CREATE INDEX "referral_due" ON "referral" USING btree ("due_at") WHERE due_at is not null and escalated_at is null;--> statement-breakpoint
CREATE INDEX "referral_of_household" ON "referral" USING btree ("household_id","id");--> statement-breakpoint
CREATE INDEX "recipient_request_by_household" ON "recipient_request" USING btree ("household_id","id");--> statement-breakpoint
CREATE INDEX "recipient_request_by_need" ON "recipient_request" USING btree ("need_id");--> statement-breakpoint
CREATE INDEX "recipient_request_open" ON "recipient_request" USING btree ("due_at","id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "finder_handover_expiring" ON "finder_handover" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "household_benefit_once" ON "household_benefit" USING btree ("household_id","item_code") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "household_member_by_disability_grade" ON "household_member" USING btree ("disability_grade","household_id","born_from","born_to") WHERE "household_member"."disability_grade" <> 'none';--> statement-breakpoint
CREATE INDEX "household_member_by_disability_kind" ON "household_member" USING btree ("disability_kind","household_id","born_from","born_to") WHERE "household_member"."disability_kind" <> 'none';--> statement-breakpoint
CREATE INDEX "household_member_by_care_need" ON "household_member" USING btree ("care_need","household_id","born_from","born_to") WHERE "household_member"."care_need" <> 'none';--> statement-breakpoint
CREATE INDEX "household_member_by_child_situation" ON "household_member" USING btree ("child_situation","household_id","born_from","born_to") WHERE "household_member"."child_situation" <> 'none';--> statement-breakpoint
CREATE INDEX "household_member_by_study" ON "household_member" USING btree ("study","household_id","born_from","born_to") WHERE "household_member"."study" <> 'none';--> statement-breakpoint
CREATE INDEX "household_member_by_pregnancy" ON "household_member" USING btree ("pregnancy","household_id","born_from","born_to") WHERE "household_member"."pregnancy" <> 'none';--> statement-breakpoint
CREATE INDEX "household_member_by_service" ON "household_member" USING btree ("service","household_id","born_from","born_to") WHERE "household_member"."service" <> 'none';--> statement-breakpoint
CREATE INDEX "household_member_by_work" ON "household_member" USING btree ("work","household_id","born_from","born_to") WHERE "household_member"."work" <> 'working';--> statement-breakpoint
CREATE INDEX "household_member_by_born_to" ON "household_member" USING btree ("born_to","household_id");--> statement-breakpoint
CREATE INDEX "household_member_by_born_from" ON "household_member" USING btree ("born_from","household_id");--> statement-breakpoint
CREATE INDEX "household_member_by_insurance" ON "household_member" USING btree ("insurance","household_id","born_from","born_to") WHERE "household_member"."insurance" <> 'resident';--> statement-breakpoint
CREATE INDEX "household_member_by_serious_illness" ON "household_member" USING btree ("household_id") WHERE "household_member"."serious_illness";--> statement-breakpoint
CREATE INDEX "household_member_by_chronic_illness" ON "household_member" USING btree ("household_id") WHERE "household_member"."chronic_illness";--> statement-breakpoint
CREATE INDEX "household_member_by_mental_illness" ON "household_member" USING btree ("household_id") WHERE "household_member"."mental_illness";--> statement-breakpoint
CREATE INDEX "household_member_by_tuberculosis" ON "household_member" USING btree ("household_id") WHERE "household_member"."tuberculosis";--> statement-breakpoint
CREATE INDEX "household_member_by_no_supporter" ON "household_member" USING btree ("household_id") WHERE "household_member"."no_supporter";--> statement-breakpoint
CREATE INDEX "household_member_by_cares_for_someone" ON "household_member" USING btree ("household_id") WHERE "household_member"."cares_for_someone";--> statement-breakpoint
CREATE INDEX "household_member_by_wants_business" ON "household_member" USING btree ("household_id") WHERE "household_member"."wants_business";--> statement-breakpoint
CREATE INDEX "household_member_by_rural_family_planning" ON "household_member" USING btree ("household_id") WHERE "household_member"."rural_family_planning";--> statement-breakpoint
CREATE INDEX "household_screening_likely" ON "household_screening" USING gin ("likely");--> statement-breakpoint
CREATE INDEX "push_by_household_item" ON "push" USING btree ("household_id","item_code","created_at");--> statement-breakpoint
CREATE INDEX "push_calls" ON "push" USING btree ("town_code","state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "screening_refresh_one_going" ON "screening_refresh" USING btree (("finished_at" is null)) WHERE finished_at is null;