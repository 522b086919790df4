/** The messages of one channel or DM, with day lines; it stays at the newest unless the person has scrolled up. */

import { arrange, make } from "./dom.js";
import { DrawnMessage } from "./message.js";

const SAME_BREATH = 5 * 60; // seconds within which a second message of the same author needs no new head
const NEAR_END = 80; // pixels from the end that still count as reading the newest
const DAY = new Intl.DateTimeFormat("en-US", { weekday: "long", month: "long", day: "numeric" });

export class Conversation {
  #drawn = new Map();
  #days = new Map();
  #atEnd = true;

  /** `intro` stands above the first message. */
  constructor({ channel, messages, api, directory, intro, label }) {
    Object.assign(this, { channel, messages, api, directory, intro });
    this.log = make("div", { class: "message-log", role: "log", "aria-label": label });
    // It can be reached with Tab, for the arrows to scroll it.
    this.node = make("div", { class: "conversation", role: "region", "aria-label": "Conversation", tabindex: "0" }, make("div", { class: "conversation-space" }), this.log);
    this.node.addEventListener("scroll", () => {
      this.#atEnd = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END;
    });
    // Whatever grows, a message, an error under it or the composer: the newest stays in sight.
    const growth = new ResizeObserver(() => {
      if (this.#atEnd) this.toEnd();
    });
    growth.observe(this.node);
    growth.observe(this.log);
  }

  /** Draws the messages as they now are. */
  draw() {
    const rows = [this.intro];
    let before = null;
    for (const message of this.messages.all()) {
      const day = DAY.format(new Date(Number(message.ts) * 1000));
      const newDay = before === null || day !== before.day;
      if (newDay) rows.push(this.#dayLine(day));
      const drawn = this.#drawnOf(message);
      drawn.node.classList.toggle("follows", !newDay && follows(before.message, message));
      rows.push(drawn.node);
      before = { message, day };
    }
    arrange(this.log, rows);
  }

  toEnd() {
    this.#atEnd = true;
    this.node.scrollTop = this.node.scrollHeight;
  }

  #drawnOf(message) {
    const known = this.#drawn.get(message.ts);
    if (known) {
      if (known.message !== message) known.update(message);
      return known;
    }
    const { channel, api, directory } = this;
    const drawn = new DrawnMessage({ message, channel, api, directory });
    this.#drawn.set(message.ts, drawn);
    return drawn;
  }

  #dayLine(day) {
    if (!this.#days.has(day)) {
      const words = day === DAY.format(new Date()) ? "Today" : day;
      this.#days.set(day, make("div", { class: "day-line" }, make("span", { class: "day-words" }, words)));
    }
    return this.#days.get(day);
  }
}

function follows(before, message) {
  const sameAuthor = before.user === message.user && before.bot === message.bot && before.local === message.local;
  return sameAuthor && before.ephemeral === message.ephemeral && Number(message.ts) - Number(before.ts) < SAME_BREATH;
}
