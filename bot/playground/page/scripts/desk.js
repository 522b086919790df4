/** One person at the page: their conversations, modals, Home, and the live line that keeps them current. */

import { APP } from "./address.js";
import { Api, UNREACHABLE } from "./api.js";
import { Home } from "./home.js";
import { Messages, noticeMessage } from "./messages.js";
import { ModalStack } from "./modal-stack.js";
import { openStream } from "./stream.js";

export class Desk extends EventTarget {
  #conversations = new Map();
  #endStream = null;
  #isOver = false;

  /** `watches` says whether the person has the traffic before them. */
  constructor({ user, directory, notices, cover, watches }) {
    super();
    Object.assign(this, { user, directory, notices, watches });
    this.api = new Api(user);
    this.modals = new ModalStack({ api: this.api, directory, cover });
    this.home = new Home({ api: this.api, directory });
    this.unread = new Map();
    this.dmChannel = null;
    this.reading = null;
    this.onVisible = () => this.#markRead();
  }

  /** Finds the person's DM with the app and opens the live line. */
  async begin() {
    const answer = await this.api.dm();
    if (this.#isOver) return;
    this.dmChannel = answer.ok ? answer.channel : null;
    if (!answer.ok) this.notices.show(answer.message ?? UNREACHABLE, null);
    document.addEventListener("visibilitychange", this.onVisible);
    this.#listen();
  }

  /** Has the live line tell the traffic too, or no longer. */
  watch(watches) {
    this.watches = watches;
    if (this.#endStream) this.#listen();
  }

  /** Opens the live line, in place of an earlier one. */
  #listen() {
    this.#endStream?.();
    this.#endStream = openStream(this.user, { traffic: this.watches, onEvent: (event) => this.#hear(event), onLine: (stands) => this.#line(stands) });
  }

  end() {
    this.#isOver = true;
    this.#endStream?.();
    document.removeEventListener("visibilitychange", this.onVisible);
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
    this.#markRead();
    const answer = await this.api.messages(channel);
    if (answer.ok) this.messagesOf(channel).load(answer.messages);
    else this.notices.show(answer.message, null);
    this.#tell("messages", channel);
  }

  /** Tells the local Slack that what is being read has been read; a window nobody sees reads nothing. */
  #markRead() {
    if (this.reading && document.visibilityState === "visible") this.api.read(this.reading);
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
      case "mail":
        this.#tell("mail");
        break;
      case "unread":
        this.#count(event.counts);
        break;
      case "connected":
        this.#tell("app", event.app);
        break;
      case "traffic":
      case "faults":
        this.#tell(event.type, event);
        break;
      default:
        break;
    }
  }

  #take({ type, channel, message }) {
    const ephemeral = type === "ephemeral" ? { ephemeral: true } : {};
    const isNew = this.messagesOf(channel).put({ ...message, ...ephemeral });
    if (isNew && channel === this.reading) this.#markRead();
    // A reply that only this person sees marks no channel, in Slack either.
    else if (isNew && type === "message" && message.user !== this.user) {
      const place = this.placeOf(channel);
      this.unread.set(place, (this.unread.get(place) ?? 0) + 1);
      this.#tell("unread");
    }
    this.#tell("messages", channel);
  }

  /** Takes what the local Slack counts as unread, by channel; what one looks at is not. */
  #count(counts) {
    const isSeen = (channel) => channel === this.reading && document.visibilityState === "visible";
    const unread = new Map(Object.entries(counts).filter(([channel]) => !isSeen(channel)).map(([channel, count]) => [this.placeOf(channel), count]));
    const isSame = unread.size === this.unread.size && [...unread].every(([place, count]) => this.unread.get(place) === count);
    this.unread = unread;
    if (!isSame) this.#tell("unread");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
