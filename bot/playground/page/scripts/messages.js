/** The messages of one conversation as one person sees them, oldest first. */

export class Messages {
  #byTs = new Map();

  /** Takes the stored messages; ephemeral ones we already hold stay, since Slack keeps those nowhere. */
  load(messages) {
    const kept = [...this.#byTs.values()].filter((message) => message.ephemeral);
    this.#byTs = new Map([...kept, ...messages].map((message) => [message.ts, message]));
  }

  /** Adds a message, or changes the one with the same ts. Says whether it is new. */
  put(message) {
    const isNew = !this.#byTs.has(message.ts);
    this.#byTs.set(message.ts, { ...this.#byTs.get(message.ts), ...message });
    return isNew;
  }

  remove(ts) {
    this.#byTs.delete(ts);
  }

  all() {
    return [...this.#byTs.values()]
      .filter((message) => !message.deleted)
      .sort((one, other) => Number(one.ts) - Number(other.ts));
  }
}

/** A sentence of the local Slack itself, shown to one person only, as Slackbot would. */
export function noticeMessage(text) {
  const ts = (Date.now() / 1000).toFixed(6);
  return { ts, text, name: "Local Slack", local: true, ephemeral: true };
}
