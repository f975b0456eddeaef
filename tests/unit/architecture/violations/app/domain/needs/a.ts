import "./b";
import "../../http/page";
import "../../integrations/stripe/pay";
export const a = 1;
