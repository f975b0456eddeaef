import "../../app/http/page";
import "../../tests/t";
export const t = 1;
