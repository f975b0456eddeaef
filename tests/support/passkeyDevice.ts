import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";

type Item = number | string | Buffer | ReadonlyMap<number | string, Item>;

const head = (major: number, n: number): Buffer =>
  n < 24
    ? Buffer.from([(major << 5) | n])
    : n < 256
      ? Buffer.from([(major << 5) | 24, n])
      : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);

/** As much of CBOR as an authenticator needs. */
export function cbor(item: Item): Buffer {
  if (typeof item === "number") return item < 0 ? head(1, -1 - item) : head(0, item);
  if (typeof item === "string") return Buffer.concat([head(3, Buffer.byteLength(item)), Buffer.from(item)]);
  if (Buffer.isBuffer(item)) return Buffer.concat([head(2, item.length), item]);
  return Buffer.concat([
    head(5, item.size),
    ...[...item].flatMap(([key, value]) => [cbor(key), cbor(value)]),
  ]);
}

const sha256 = (bytes: Buffer | string): Buffer => createHash("sha256").update(bytes).digest();

/** What a device says differently from an honest one in the portal's own page. */
export type Lies = Readonly<{
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  crossOrigin?: boolean;
  isPresent?: boolean;
  signCount?: number;
  fmt?: string;
  attStmt?: ReadonlyMap<string, Item>;
  algorithm?: number;
}>;

/**
 * A security key in software: one credential of P-256, made and shown as a browser does it, with all that can
 * be lied about.
 */
export class PasskeyDevice {
  readonly credentialId: Buffer;
  private readonly key: KeyObject;
  private readonly publicKey: Buffer;
  signCount = 0;

  constructor(
    private readonly origin = "http://portal.test",
    { credentialId = randomBytes(32) }: { credentialId?: Buffer } = {},
  ) {
    this.credentialId = credentialId;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.key = createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" }));
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.publicKey = Buffer.concat([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  }

  get id(): string {
    return this.credentialId.toString("base64url");
  }

  private clientData(type: string, challenge: string, lies: Lies): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? this.origin,
        crossOrigin: lies.crossOrigin ?? false,
      }),
    );
  }

  private authData(lies: Lies, flags: number, rest: Buffer = Buffer.alloc(0)): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lies.signCount ?? this.signCount);
    return Buffer.concat([
      sha256(lies.rpId ?? new URL(this.origin).hostname),
      Buffer.from([flags | (lies.isPresent === false ? 0 : 1)]),
      count,
      rest,
    ]);
  }

  /** What `navigator.credentials.create` answers, as JSON. */
  make(challenge: string, lies: Lies = {}) {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const cose = new Map<number, Item>([
      [1, 2],
      [3, lies.algorithm ?? -7],
      [-1, 1],
      [-2, this.publicKey.subarray(0, 32)],
      [-3, this.publicKey.subarray(32)],
    ]);
    const authData = this.authData(
      lies,
      0x40,
      Buffer.concat([Buffer.alloc(16), length, this.credentialId, cbor(cose)]),
    );
    const attestation = new Map<string, Item>([
      ["fmt", lies.fmt ?? "none"],
      ["attStmt", lies.attStmt ?? new Map<string, Item>()],
      ["authData", authData],
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key" as const,
      response: {
        clientDataJSON: this.clientData("webauthn.create", challenge, lies).toString("base64url"),
        attestationObject: cbor(attestation).toString("base64url"),
        transports: ["usb" as const],
      },
      clientExtensionResults: {},
    };
  }

  /** What `navigator.credentials.get` answers, as JSON. It counts, as security keys do. */
  show(challenge: string, lies: Lies = {}) {
    this.signCount += 1;
    const clientDataJSON = this.clientData("webauthn.get", challenge, lies);
    const authenticatorData = this.authData(lies, 0);
    const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), this.key);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key" as const,
      response: {
        clientDataJSON: clientDataJSON.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: signature.toString("base64url"),
      },
      clientExtensionResults: {},
    };
  }
}
