import "../domain/needs/use.server";
import "lucia";
import "stripe";
export const leak = 1;
