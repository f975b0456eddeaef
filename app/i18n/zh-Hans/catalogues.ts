import { account } from "./account";
import { audit } from "./audit";
import { callBacks } from "./callBacks";
import { common } from "./common";
import { day } from "./day";
import { demo } from "./demo";
import { desk } from "./desk";
import { done } from "./done";
import { errors } from "./errors";
import { facts } from "./facts";
import { finance } from "./finance";
import { finder } from "./finder";
import { gifts } from "./gifts";
import { giving } from "./giving";
import { handover } from "./handover";
import { home } from "./home";
import { households } from "./households";
import { hsds } from "./hsds";
import { identity } from "./identity";
import { imports } from "./imports";
import { intake } from "./intake";
import { jointDays } from "./jointDays";
import { journal } from "./journal";
import { limits } from "./limits";
import { lists } from "./lists";
import { matching } from "./matching";
import { moments } from "./moments";
import { open } from "./open";
import { organisations } from "./organisations";
import { pictures } from "./pictures";
import { push } from "./push";
import { referrals } from "./referrals";
import { register } from "./register";
import { reports } from "./reports";
import { review } from "./review";
import { ruleDesk } from "./ruleDesk";
import { sheet } from "./sheet";
import { shell } from "./shell";
import { store } from "./store";
import { tables } from "./tables";
import { templates } from "./templates";
import { visits } from "./visits";
import { wishes } from "./wishes";
import { work } from "./work";
import { year } from "./year";

/** The original words, from which the other languages are translated. */
export const zhHans = {
  account,
  audit,
  callBacks,
  common,
  visits,
  day,
  demo,
  desk,
  done,
  errors,
  facts,
  finance,
  finder,
  gifts,
  giving,
  handover,
  home,
  households,
  hsds,
  identity,
  imports,
  intake,
  jointDays,
  journal,
  limits,
  lists,
  matching,
  moments,
  open,
  organisations,
  pictures,
  push,
  register,
  reports,
  referrals,
  review,
  ruleDesk,
  sheet,
  shell,
  store,
  tables,
  templates,
  wishes,
  work,
  year,
};
