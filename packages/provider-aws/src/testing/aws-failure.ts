import { EmulatorRefusal, type EmulatorReply, jsonReply } from "@flotilla/testing";
import { xmlDocument } from "./xml.ts";

/** How a service words its answers and its errors. */
export type AwsProtocol = "rest-json" | "ec2" | "query" | "json";

/** A refusal in a service's own words. */
export interface AwsServiceError {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  /** Members beside the message, where the error's shape has some. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Why a caller is not let in; each protocol has codes of its own for it. */
export type AwsAuthProblem =
  | { readonly kind: "missing" }
  | { readonly kind: "unknownKey" }
  | {
      readonly kind: "badSignature";
      readonly detail?: string;
      /** What the service read, which it tells the caller: header values and all. */
      readonly echo?: { readonly canonical: string; readonly stringToSign: string };
    }
  | { readonly kind: "clock"; readonly detail: string }
  | { readonly kind: "expiredToken" }
  | { readonly kind: "denied"; readonly detail: string };

const STS_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

/** The error in the protocol's own form. */
export function errorReply(protocol: AwsProtocol, error: AwsServiceError, requestId: string): EmulatorReply {
  const { code, message, fields = {} } = error;
  const status = error.status ?? 400;
  switch (protocol) {
    case "rest-json":
      return jsonReply(status, { ...fields, message }, { "x-amzn-errortype": code, "x-amzn-requestid": requestId });
    case "json":
      return {
        status,
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId },
        body: JSON.stringify({ __type: code, ...fields, Message: message }),
      };
    case "ec2":
      return xmlReply(
        status,
        xmlDocument("Response", { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId }),
        requestId,
      );
    case "query":
      return xmlReply(
        status,
        xmlDocument(
          "ErrorResponse",
          {
            Error: { Type: status >= 500 ? "Receiver" : "Sender", Code: code, Message: message },
            RequestId: requestId,
          },
          STS_NAMESPACE,
        ),
        requestId,
      );
    default:
      protocol satisfies never;
      throw new Error("an unknown protocol");
  }
}

export function xmlReply(status: number, body: string, requestId: string): EmulatorReply {
  return { status, headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId }, body };
}

/** Ends the call with a refusal. */
export function refuse(protocol: AwsProtocol, error: AwsServiceError, requestId: string): never {
  throw new EmulatorRefusal(errorReply(protocol, error, requestId));
}

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const BAD_TOKEN = "The security token included in the request is invalid.";
const NOT_VALIDATED = "AWS was not able to validate the provided access credentials";

/**
 * The code and text of a caller's problem in each protocol.
 * Source: AWS common errors, EC2 API error codes, and what the services answer in practice.
 */
export function authError(protocol: AwsProtocol, problem: AwsAuthProblem): AwsServiceError {
  if (protocol === "ec2") return ec2AuthError(problem);
  if (protocol === "query") return queryAuthError(problem);
  const status = protocol === "rest-json" ? 403 : 400;
  switch (problem.kind) {
    case "missing":
      return { status, code: "MissingAuthenticationTokenException", message: "Missing Authentication Token" };
    case "unknownKey":
      return { status, code: "UnrecognizedClientException", message: BAD_TOKEN };
    case "badSignature":
      return { status, code: "InvalidSignatureException", message: mismatch(problem) };
    case "clock":
      return { status, code: "InvalidSignatureException", message: problem.detail };
    case "expiredToken":
      return {
        status,
        code: "ExpiredTokenException",
        message: "The security token included in the request is expired",
      };
    case "denied":
      return { status, code: "AccessDeniedException", message: problem.detail };
    default:
      problem satisfies never;
      throw new Error("an unknown problem");
  }
}

function mismatch({ detail, echo }: Extract<AwsAuthProblem, { kind: "badSignature" }>): string {
  if (detail !== undefined) return detail;
  if (echo === undefined) return MISMATCH;
  const canonical = `The Canonical String for this request should have been\n'${echo.canonical}'`;
  return `${MISMATCH}\n\n${canonical}\n\nThe String-to-Sign should have been\n'${echo.stringToSign}'\n`;
}

function ec2AuthError(problem: AwsAuthProblem): AwsServiceError {
  switch (problem.kind) {
    case "missing":
      return { code: "MissingParameter", message: "The request must contain the parameter AWSAccessKeyId" };
    case "unknownKey":
    case "badSignature":
      return { status: 401, code: "AuthFailure", message: NOT_VALIDATED };
    case "clock":
    case "expiredToken":
      return { code: "RequestExpired", message: "Request has expired." };
    case "denied":
      return {
        status: 403,
        code: "UnauthorizedOperation",
        message: `You are not authorized to perform this operation. ${problem.detail}`,
      };
    default:
      problem satisfies never;
      throw new Error("an unknown problem");
  }
}

function queryAuthError(problem: AwsAuthProblem): AwsServiceError {
  const status = 403;
  switch (problem.kind) {
    case "missing":
      return { status, code: "MissingAuthenticationToken", message: "Request is missing Authentication Token" };
    case "unknownKey":
      return { status, code: "InvalidClientTokenId", message: BAD_TOKEN };
    case "badSignature":
      return { status, code: "SignatureDoesNotMatch", message: mismatch(problem) };
    case "clock":
      return { status, code: "SignatureDoesNotMatch", message: problem.detail };
    case "expiredToken":
      return { status, code: "ExpiredToken", message: "The security token included in the request is expired" };
    case "denied":
      return { status, code: "AccessDenied", message: problem.detail };
    default:
      problem satisfies never;
      throw new Error("an unknown problem");
  }
}
