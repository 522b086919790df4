/** One person at the page: their conversations, modals, Home, and the live line that keeps them current. */

import { APP } from "./address.js";
import { Api, UNREACHABLE } from "./api.js";
import { Home } from "./home.js";
import { Messages, noticeMessage } from "./messages.js";
import { ModalStack } from "./modal-stack.js";
import { openStream } from "./stream.js";

export class Desk extends EventTarget {
  #conversations = new Map();
  #endStream = () => {};

  constructor({ user, directory, notices }) {
    super();
    Object.assign(this, { user, directory, notices });
    this.api = new Api(user);
    this.modals = new ModalStack({ api: this.api, directory });
    this.home = new Home({ api: this.api, directory });
    this.unread = new Map();
    this.dmChannel = null;
    this.reading = null;
  }

  /** Finds the person's DM with the app and opens the live line. */
  async begin() {
    const answer = await this.api.dm();
    this.dmChannel = answer.ok ? answer.channel : null;
    if (!answer.ok) this.notices.show(answer.message ?? UNREACHABLE, null);
    this.#endStream = openStream(this.user, { onEvent: (event) => this.#hear(event), onLine: (stands) => this.#line(stands) });
  }

  end() {
    this.#endStream();
    this.modals.show([]);
  }

  /** The messages of a channel, or of the app's DM. */
  messagesOf(channel) {
    if (!this.#conversations.has(channel)) this.#conversations.set(channel, new Messages());
    return this.#conversations.get(channel);
  }

  /** Loads what was said in a channel and marks it as read. */
  async read(channel) {
    this.reading = channel;
    this.unread.delete(this.placeOf(channel));
    const answer = await this.api.messages(channel);
    if (answer.ok) this.messagesOf(channel).load(answer.messages);
    else this.notices.show(answer.message, null);
    this.#tell("messages", channel);
  }

  placeOf(channel) {
    return channel === this.dmChannel ? APP : channel;
  }

  /** Sends what was typed. Resolves to the sentence of what went wrong, or null. */
  async send(channel, text) {
    const answer = text.startsWith("/") ? await this.api.command(channel, text) : await this.api.say(channel, text);
    if (answer.ok) return null;
    this.messagesOf(channel).put(noticeMessage(answer.message ?? UNREACHABLE));
    this.#tell("messages", channel);
    return answer.message ?? UNREACHABLE;
  }

  #line(stands) {
    this.#tell("line", stands);
    if (stands && this.reading) this.read(this.reading);
  }

  #hear(event) {
    switch (event.type) {
      case "message":
      case "ephemeral":
      case "message_changed":
        this.#take(event);
        break;
      case "message_deleted":
        this.messagesOf(event.channel).remove(event.ts);
        this.#tell("messages", event.channel);
        break;
      case "views":
        this.modals.show(event.stack);
        break;
      case "home":
        this.home.show(event.view);
        break;
      case "notice":
        this.notices.show(event.message, this.modals.top);
        break;
      case "connected":
        this.#tell("app", event.app);
        break;
      default:
        break;
    }
  }

  #take({ type, channel, message }) {
    const ephemeral = type === "ephemeral" ? { ephemeral: true } : {};
    const isNew = this.messagesOf(channel).put({ ...message, ...ephemeral });
    if (isNew && channel !== this.reading && message.user !== this.user) {
      const place = this.placeOf(channel);
      this.unread.set(place, (this.unread.get(place) ?? 0) + 1);
      this.#tell("unread", place);
    }
    this.#tell("messages", channel);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
