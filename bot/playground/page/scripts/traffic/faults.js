/** The faults that can be ordered, in words, and what each has to be told besides. */

/** `ask` names the fields of a fault: seconds, retry_after, status, error, carried_out. */
export const FAULTS = {
  rate_limited: { words: "is told to wait (429)", ask: ["retry_after"] },
  server_error: { words: "gets a server error (5xx)", ask: ["status"] },
  refused: { words: "is refused (ok: false)", ask: ["error"] },
  slow: { words: "is answered late", ask: ["seconds"] },
  no_answer: { words: "gets no answer", ask: ["carried_out"] },
  cut: { words: "is cut off", ask: ["carried_out"] },
  late: { words: "arrives late", ask: ["seconds"] },
  repeated: { words: "arrives twice, in the same envelope", ask: [] },
  redelivered: { words: "arrives twice, in two envelopes", ask: [] },
  expired_trigger: { words: "arrives with an expired trigger", ask: [] },
  cut_socket: { words: "arrives, and its ack is lost", ask: [] },
  late_ack: { words: "arrives, and its ack is on its way for long", ask: ["seconds"] },
};

export const AT_ONCE = {
  cut_sockets: "is cut",
  warning: "gets a disconnect frame: warning",
  refresh_requested: "gets a disconnect frame: refresh_requested",
};

export const FIELDS = {
  retry_after: { label: "Retry-After, seconds", value: 1, min: 0, max: 300 },
  seconds: { label: "Seconds", value: 5, min: 0, max: 300 },
  status: { label: "HTTP status", value: 503, min: 500, max: 599 },
  error: { label: "Error", value: "internal_error" },
  carried_out: { label: "Carry it out all the same", value: false },
};

/** Says what waits to happen, in one line. */
export function sentenceOf({ kind, on, left, retry_after: retryAfter, seconds, status, error, carried_out: carriedOut }) {
  const said = { retry_after: `${retryAfter} s`, seconds: `${seconds} s`, status: String(status), error, carried_out: carriedOut ? "carried out" : null };
  const { words, ask } = FAULTS[kind] ?? { words: kind, ask: [] };
  const more = ask.map((name) => said[name]).filter(Boolean).join(", ");
  const times = left === 1 ? "Next" : `Next ${left}`;
  return `${times} ${on === "*" ? "of any kind" : on} ${words}${more ? `: ${more}` : ""}`;
}
