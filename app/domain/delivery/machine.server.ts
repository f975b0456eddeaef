import type { Machine } from "~/domain/kernel/transition.server";
import { deliveries, type DeliveryState } from "~db/schema/delivery";
import { DELIVERY_TRANSITIONS } from "./states";

export const DELIVERY: Machine<DeliveryState> = { entity: "delivery", table: deliveries, transitions: DELIVERY_TRANSITIONS };

export type Delivery = typeof deliveries.$inferSelect;
