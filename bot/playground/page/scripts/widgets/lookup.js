/** Finds the choices for what is typed: at once from a list, or after a short pause from the app. */

const PAUSE = 150; // milliseconds after the last key before the app is asked

export class Lookup {
  #timer = 0;
  #request = null;

  /** `source` is `{find, remote?, minLength?}`; the three listeners hear how it goes. */
  constructor(source, { onChoices, onWaiting, onFailure, onTooShort }) {
    Object.assign(this, { source, onChoices, onWaiting, onFailure, onTooShort });
  }

  /** Looks for `query`; an earlier search that is still under way is forgotten. */
  look(query, { now = false } = {}) {
    this.stop();
    const least = this.source.minLength ?? 0;
    if (!this.source.remote) this.onChoices(this.source.find(query));
    else if ([...query].length < least) this.onTooShort(least);
    else {
      this.onWaiting();
      this.#timer = setTimeout(() => this.#ask(query), now ? 0 : PAUSE);
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#request = null;
  }

  async #ask(query) {
    const request = new AbortController();
    this.#request = request;
    try {
      const groups = await this.source.find(query, request.signal);
      if (!request.signal.aborted) this.onChoices(groups);
    } catch (error) {
      if (!request.signal.aborted) this.onFailure(error.message);
    }
  }
}
