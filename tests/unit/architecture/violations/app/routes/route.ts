import "../../db/schema/t";
import "drizzle-orm";
export const route = 1;
