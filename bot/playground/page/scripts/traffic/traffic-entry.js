/** What an entry of the log says, in a few words: whose it is, what it is about, how it went. */

const GROUPS = { call: "call", response_url: "call", envelope: "payload", ack: "ack", timeout: "ack", refusal: "ack", connection: "connection" };

const KINDS = {
  call: "Call",
  response_url: "Call",
  envelope: "Payload",
  ack: "Ack",
  timeout: "No ack",
  refusal: "Refused",
  connection: "Socket",
};

const ORDERED = {
  rate_limited: "told to wait",
  server_error: "server error",
  refused: "refused",
  slow: "slow",
  no_answer: "no answer",
  cut: "cut off",
  late: "late",
  repeated: "twice, same envelope",
  redelivered: "twice, new envelope",
  expired_trigger: "expired trigger",
  cut_socket: "ack lost",
  late_ack: "ack late",
};

const SLOW_ACK = 1000; // milliseconds; Slack waits for three seconds

/** Reads an entry for the list: its words, and whether something is wrong with it. */
export function read(entry, directory) {
  const { kind, answer, status } = entry;
  const isRefused = answer?.ok === false;
  const isLost = GROUPS[kind] === "call" && status === null;
  return {
    group: GROUPS[kind],
    kind: KINDS[kind],
    name: entry.name,
    at: new Date(entry.at),
    about: aboutOf(entry, directory),
    took: entry.took_ms,
    isSlow: kind === "ack" && entry.took_ms > SLOW_ACK,
    trouble: isRefused ? answer.error : isLost ? "no answer" : kind === "timeout" ? "no ack in time" : null,
    ordered: entry.fault ? (ORDERED[entry.fault] ?? entry.fault) : null,
    isTrouble: isRefused || isLost || kind === "timeout" || Boolean(entry.fault),
    parts: partsOf(entry),
  };
}

function partsOf({ kind, sent, answer, status, envelope_id: envelope }) {
  if (kind === "call") return [["Sent", sent], [status === null ? "No answer" : `Answered with HTTP ${status}`, answer]];
  if (kind === "response_url") return [["Sent", sent], ["Answered", answer]];
  if (kind === "refusal") return [["Sent by the app", sent], ["Why Slack refuses it", answer]];
  return [[envelope ? `Envelope ${envelope}` : "State", sent]];
}

function aboutOf({ kind, sent }, directory) {
  if (kind === "envelope" || kind === "timeout") return [whoOf(sent, directory), whatOf(sent)].filter(Boolean).join(" · ");
  if (kind === "ack" || kind === "refusal") return ackOf(sent);
  if (kind === "connection") return `${sent.num_connections} open`;
  return callOf(sent, directory);
}

function whoOf(payload, directory) {
  const id = payload.user?.id ?? payload.user_id ?? payload.event?.user;
  return id ? directory.nameOf(id) : "";
}

function whatOf(payload) {
  if (payload.command) return `${payload.command} ${payload.text ?? ""}`.trim();
  if (payload.actions) return payload.actions.map(({ action_id: id }) => id).join(", ");
  if (payload.type === "block_suggestion") return `“${payload.value}”`;
  return payload.view?.callback_id ?? "";
}

function ackOf(body) {
  if (body.response_action) return body.response_action;
  const count = body.options?.length ?? body.option_groups?.flatMap(({ options }) => options).length;
  if (count !== undefined) return `${count} options`;
  return body.text ?? (Object.keys(body).length === 0 ? "nothing with it" : "");
}

function callOf(sent, directory) {
  const view = typeof sent.view === "string" ? quietly(sent.view) : sent.view;
  if (view) return view.title?.text ?? view.type ?? "";
  if (sent.user ?? sent.users) return directory.nameOf(sent.user ?? sent.users);
  return sent.text ?? "";
}

function quietly(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // The app has sent something that is no view; the entry shows it as it came.
  }
}
