/** Talks to the local Slack. Every answer is an object with `ok`; none of these calls ever throws for a lost line. */

export const UNREACHABLE = "The playground does not answer. Is it still running?";

async function answer(request) {
  try {
    const response = await request;
    const body = await response.json();
    return response.ok ? { ok: true, ...body } : { message: UNREACHABLE, ...body, ok: false };
  } catch (error) {
    if (error.name === "AbortError") return { ok: false, aborted: true };
    return { ok: false, message: UNREACHABLE };
  }
}

function post(path, body, options = {}) {
  const headers = { "Content-Type": "application/json" };
  return answer(fetch(path, { method: "POST", headers, body: JSON.stringify(body), ...options }));
}

/** The calls, all on behalf of one person. */
export class Api {
  constructor(user) {
    this.user = user;
  }

  static workspace() {
    return answer(fetch("/ui/workspace"));
  }

  static faults() {
    return answer(fetch("/ui/faults"));
  }

  static orderFault(fault) {
    return post("/ui/faults", fault);
  }

  /** Takes back the fault with this number, or all of them. */
  static clearFaults(number = null) {
    return post("/ui/faults/clear", { number });
  }

  dm() {
    return answer(fetch(`/ui/dm?${new URLSearchParams({ user: this.user })}`));
  }

  messages(channel) {
    return answer(fetch(`/ui/messages?${new URLSearchParams({ user: this.user, channel })}`));
  }

  command(channel, text) {
    return post("/ui/command", { user: this.user, channel, text });
  }

  say(channel, text) {
    return post("/ui/message", { user: this.user, channel, text });
  }

  act(action) {
    return post("/ui/action", { user: this.user, ...action });
  }

  /** Reports what stands in the inputs; `keepalive` lets the report outlive the page. */
  report(surface, state, keepalive) {
    return post("/ui/state", { user: this.user, surface, state }, { keepalive });
  }

  read(channel) {
    return post("/ui/read", { user: this.user, channel });
  }

  submit(viewId, state) {
    return post("/ui/submit", { user: this.user, view_id: viewId, state });
  }

  close(viewId, all) {
    return post("/ui/close", { user: this.user, view_id: viewId, all });
  }

  suggest(request, signal) {
    return post("/ui/suggest", { user: this.user, ...request }, { signal });
  }

  mail() {
    return answer(fetch("/ui/mail"));
  }

  mailClients(text, signal) {
    return answer(fetch(`/ui/mail/clients?${new URLSearchParams({ text })}`, { signal }));
  }

  sendMail(client, kind) {
    return post("/ui/mail/send", { client, kind });
  }

  readMail(inbox) {
    return post("/ui/mail/read", { inbox });
  }

  stopMail(letter) {
    return post("/ui/mail/stop", { letter });
  }

  home() {
    return post("/ui/home", { user: this.user });
  }
}
