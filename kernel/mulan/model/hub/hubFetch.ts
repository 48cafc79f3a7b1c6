import { setTimeout as sleep } from "node:timers/promises";
import { MulanError } from "../../foundation/errors.ts";
import { maySendToken } from "../maySendToken.ts";
import type { HubSource } from "./hubSource.ts";

const DEFAULT_ENDPOINT = "https://huggingface.co";
/** A server that asks for a longer pause than this is told of, not waited for. */
const MAX_PAUSE_SEC = 60;
const MAX_TRIES = 4;
/** Without an answer for this long a connection is taken for dead. */
const ANSWER_LIMIT_SEC = 60;

/** What is asked of the hub, for messages, and where. */
export interface HubCall {
  readonly source: HubSource;
  readonly signal?: AbortSignal | undefined;
}

/** @throws MulanError `hub.endpoint` */
export function hubEndpoint(): string {
  const endpoint = process.env.HF_ENDPOINT || DEFAULT_ENDPOINT;
  if (/^https?:\/\/[^/]/.test(endpoint) && URL.canParse(endpoint)) {
    return endpoint.replace(/\/+$/, "");
  }
  throw new MulanError("hub.endpoint", "HF_ENDPOINT is no address of a hub", {
    expected: `an address such as ${DEFAULT_ENDPOINT}`,
    got: JSON.stringify(endpoint),
    remedy: "Change the environment variable HF_ENDPOINT, or unset it",
  });
}

export function isOffline(): boolean {
  return /^(1|true|yes|on)$/i.test(process.env.HF_HUB_OFFLINE ?? "");
}

/**
 * `fetch` for one repository: adds the token where it may go, waits when the hub asks for it, tries again after faults
 * that pass. Redirects to another host lose the token (the fetch standard has it so).
 * @throws MulanError `hub.unauthorized`, `hub.not-found`, `hub.busy`, `hub.failed`, `hub.offline`; AbortError
 */
export function hubFetch({ source, signal }: HubCall): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const headers = new Headers(init.headers);
    const token = process.env.HF_TOKEN;
    const isHome = url.origin === new URL(hubEndpoint()).origin;
    const sendsToken = Boolean(token) && isHome && maySendToken(url);
    if (sendsToken) headers.set("authorization", `Bearer ${token}`);
    else headers.delete("authorization");
    for (let tries = 1; ; tries++) {
      const response = await once(url, { ...init, headers }, source, signal);
      const isPassing = response.status === 429 || response.status >= 500;
      const pauseSec = pauseOf(response, tries);
      if (isPassing && tries < MAX_TRIES && pauseSec <= MAX_PAUSE_SEC) {
        await response.body?.cancel();
        await sleep(1000 * pauseSec, undefined, { signal });
        continue;
      }
      if (response.ok || response.status === 416) return response;
      throw await refusal(response, source, { sendsToken, hasToken: Boolean(token), pauseSec });
    }
  };
}

async function once(
  url: URL,
  init: RequestInit,
  source: HubSource,
  signal: AbortSignal | undefined,
): Promise<Response> {
  // Only the answer's head is limited: its body may take hours.
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), 1000 * ANSWER_LIMIT_SEC);
  const signals = [
    limit.signal,
    ...(signal ? [signal] : []),
    ...(init.signal ? [init.signal] : []),
  ];
  try {
    return await fetch(url, { ...init, signal: AbortSignal.any(signals) });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw offline(source, cause);
  } finally {
    clearTimeout(timer);
  }
}

export function offline({ repo }: HubSource, cause?: unknown): MulanError {
  const code = ((cause as Error | undefined)?.cause as NodeJS.ErrnoException | undefined)?.code;
  const got = isOffline()
    ? "HF_HUB_OFFLINE is set"
    : (code ?? (cause as Error | undefined)?.message);
  return new MulanError(
    "hub.offline",
    "the hub cannot be reached, and this model is not in the cache",
    {
      subject: repo,
      expected: `an answer from ${hubEndpoint()}`,
      ...(got && { got }),
      remedy:
        "Connect and load it once, then it is there without a network; or copy the model's folder from another machine and load that; HF_ENDPOINT names a mirror",
    },
    { cause },
  );
}

/** Seconds: what the hub asks for, else longer from try to try. */
function pauseOf({ headers }: Response, tries: number): number {
  const asked = headers.get("retry-after");
  const seconds = asked === null ? Number.NaN : Number(asked);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = asked === null ? Number.NaN : Date.parse(asked);
  if (Number.isFinite(date)) return Math.max(0, (date - Date.now()) / 1000);
  return 0.5 * 2 ** tries;
}

async function refusal(
  response: Response,
  { repo, revision }: HubSource,
  token: { readonly sendsToken: boolean; readonly hasToken: boolean; readonly pauseSec: number },
): Promise<MulanError> {
  const { status, headers } = response;
  const said = await messageOf(response);
  const parts = { subject: repo, got: `${status}${said ? `: ${said}` : ""}` };
  if (status === 401 || status === 403) {
    const how = token.hasToken
      ? token.sendsToken
        ? `Ask for access on ${hubEndpoint()}/${repo} with the account that HF_TOKEN belongs to`
        : "HF_TOKEN was not sent: a token goes over https or to this machine only"
      : `Put a token of yours into HF_TOKEN, and accept the model's terms on ${hubEndpoint()}/${repo}; a name that does not exist is answered like this too`;
    return new MulanError("hub.unauthorized", "this model is private, gated or not there", {
      ...parts,
      remedy: how,
    });
  }
  if (status === 404) {
    const isRevision = headers.get("x-error-code") === "RevisionNotFound";
    return new MulanError(
      "hub.not-found",
      isRevision ? `there is no revision ${revision}` : "there is no such repository or file",
      { ...parts, remedy: `Look at ${hubEndpoint()}/${repo}` },
    );
  }
  if (status === 429) {
    const wait = Math.ceil(token.pauseSec);
    return new MulanError("hub.busy", "the hub has had too many requests", {
      ...parts,
      remedy: `Load it again in ${wait} s${token.hasToken ? "" : "; with HF_TOKEN set the limit is higher"}: what is downloaded stays`,
    });
  }
  return new MulanError("hub.failed", "the hub could not answer", {
    ...parts,
    remedy: "Load it again: what is downloaded stays",
  });
}

async function messageOf(response: Response): Promise<string> {
  const header = response.headers.get("x-error-message");
  if (header) return header;
  const text = await response.text().catch(() => "");
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === "string" ? error.slice(0, 200) : "";
  } catch {
    return "";
  }
}
