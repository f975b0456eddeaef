import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import {
  COSEALG,
  decodeAttestationObject,
  decodeClientDataJSON,
  isoBase64URL,
} from "@simplewebauthn/server/helpers";
import type { PasskeyTransport } from "~db/schema/secondStep";
import type { NewPasskey, ShownPasskey } from "./passkeyAnswers";

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

/** What every authenticator can: ES256, RS256 (Windows), Ed25519. */
const ALGORITHMS = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];

/**
 * Whoever signs in is asked for a password before: here the thing itself counts, and the finger or PIN where
 * it asks for one (decision 31).
 */
const VERIFICATION = "preferred";

export const CHALLENGE_MINUTES = 5;
const TIMEOUT_MS = CHALLENGE_MINUTES * 60_000;

/**
 * For whom passkeys are made, and from where they may be shown: the portal's public address alone. A browser
 * takes no address of digits for a name; a portal on one's own machine is reached by the name that every
 * machine has.
 */
export function partyOf(publicUrl: string): { id: string; origin: string } {
  const url = new URL(publicUrl);
  if (url.hostname === "127.0.0.1") url.hostname = "localhost";
  return { id: url.hostname, origin: url.origin };
}

type Known = Readonly<{ credentialId: string; transports: readonly PasskeyTransport[] }>;

const asDescriptors = (known: readonly Known[]) =>
  known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] }));

/**
 * What a browser needs to make a passkey. One that the account has already is not made again; nothing is
 * asked about the make of the thing.
 */
export function creationOptions(
  publicUrl: string,
  {
    userId,
    email,
    displayName,
    challenge,
    known,
  }: {
    userId: string;
    email: string;
    displayName: string;
    challenge: Uint8Array<ArrayBuffer>;
    known: readonly Known[];
  },
): Promise<CreationOptions> {
  return generateRegistrationOptions({
    rpName: "红心 Hongxin",
    rpID: partyOf(publicUrl).id,
    userID: Uint8Array.from(Buffer.from(userId.replaceAll("-", ""), "hex")),
    userName: email,
    userDisplayName: displayName,
    challenge,
    timeout: TIMEOUT_MS,
    attestationType: "none",
    excludeCredentials: asDescriptors(known),
    authenticatorSelection: { residentKey: "discouraged", userVerification: VERIFICATION },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What a browser needs to show one of these passkeys. */
export const requestOptions = (
  publicUrl: string,
  { challenge, known }: { challenge: Uint8Array<ArrayBuffer>; known: readonly Known[] },
): Promise<RequestOptions> =>
  generateAuthenticationOptions({
    rpID: partyOf(publicUrl).id,
    allowCredentials: asDescriptors(known),
    challenge,
    timeout: TIMEOUT_MS,
    userVerification: VERIFICATION,
  });

/**
 * Which challenge an answer says that it signed, in base64url; undefined where it says none, or comes out of
 * another site's frame.
 */
export function challengeIn({ response: { clientDataJSON } }: NewPasskey | ShownPasskey): string | undefined {
  try {
    const said: unknown = decodeClientDataJSON(clientDataJSON);
    if (
      typeof said !== "object" ||
      said === null ||
      !("challenge" in said) ||
      typeof said.challenge !== "string"
    )
      return undefined;
    return "crossOrigin" in said && said.crossOrigin !== false ? undefined : said.challenge;
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with an answer is thrown by the library in many ways; all of them say that it counts for
 * nothing.
 */
async function orNothing<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

/**
 * The attestation that was asked for: none, or signed by the new key itself. No certificate that comes along
 * is ever read.
 */
function saysNothingOfItsMake({ response }: NewPasskey): boolean {
  const statement = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  return (
    statement.get("fmt") === "none" ||
    (statement.get("fmt") === "packed" && statement.get("attStmt").get("x5c") === undefined)
  );
}

/**
 * A key that was made for this challenge, here, by somebody who touched its thing: what is kept of it;
 * undefined for anything else.
 */
export const readNewPasskey = (
  publicUrl: string,
  answer: NewPasskey,
  challenge: string,
): Promise<{ credentialId: string; publicKey: string; signCount: number } | undefined> =>
  orNothing(async () => {
    if (!saysNothingOfItsMake(answer)) return undefined;
    const { id, origin } = partyOf(publicUrl);
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!registrationInfo || registrationInfo.credential.id !== answer.id) return undefined;
    const { publicKey, counter } = registrationInfo.credential;
    return { credentialId: answer.id, publicKey: isoBase64URL.fromBuffer(publicKey), signCount: counter };
  });

/**
 * What a passkey's thing counted as it signed this challenge, here, touched by somebody; undefined for
 * anything else. Whether it counted forward is for the caller to see: only of a signature that is right does
 * it say anything.
 */
export const readShownPasskey = (
  publicUrl: string,
  answer: ShownPasskey,
  challenge: string,
  { credentialId, publicKey }: { credentialId: string; publicKey: string },
): Promise<number | undefined> =>
  orNothing(async () => {
    const { id, origin } = partyOf(publicUrl);
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
      credential: { id: credentialId, publicKey: isoBase64URL.toBuffer(publicKey), counter: 0 },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  });
