import { generateKeyPairSync, sign } from "node:crypto";

export interface ServingCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

const DAY_MS = 86_400_000;
/** DER tags. Source: ITU-T X.690; the certificate's shape: RFC 5280 section 4.1. */
const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const BOOLEAN_TRUE = Buffer.from([0x01, 0x01, 0xff]);
const ECDSA_WITH_SHA256 = oid("2a8648ce3d040302");
const COMMON_NAME = oid("550403");
const BASIC_CONSTRAINTS = oid("551d13");
const SUBJECT_ALT_NAME = oid("551d11");
const SAN_IP = 0x87;

/** A self-signed certificate for 127.0.0.1, good for a day: what the stub shows and its clients trust. */
export function issueServingCertificate(nowMs: number): ServingCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from("flotilla bench stub")))),
  );
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const constraints = der(SEQUENCE, BASIC_CONSTRAINTS, BOOLEAN_TRUE, der(OCTET_STRING, der(SEQUENCE, BOOLEAN_TRUE)));
  const addresses = der(
    SEQUENCE,
    SUBJECT_ALT_NAME,
    der(OCTET_STRING, der(SEQUENCE, der(SAN_IP, Buffer.from([127, 0, 0, 1])))),
  );
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    name,
    der(SEQUENCE, utcTime(nowMs - DAY_MS), utcTime(nowMs + DAY_MS)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(SEQUENCE, constraints, addresses)),
  );
  const signature = der(BIT_STRING, Buffer.from([0]), sign("sha256", body, privateKey));
  return {
    certPem: pem("CERTIFICATE", der(SEQUENCE, body, algorithm, signature)),
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(hex: string): Buffer {
  return der(OID, Buffer.from(hex, "hex"));
}

/** `YYMMDDHHMMSSZ` */
function utcTime(atMs: number): Buffer {
  return der(UTC_TIME, Buffer.from(`${new Date(atMs).toISOString().replace(/\D/g, "").slice(2, 14)}Z`));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
