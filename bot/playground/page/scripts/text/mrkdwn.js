/** Slack's mrkdwn as DOM nodes: bold, italic, strike, code, links, mentions, quotes, line breaks, emoji. */

import { make } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { drawLink } from "./link.js";
import { drawChannel, drawPerson } from "./mention.js";

// A mark counts only at the edge of a word, as in Slack: snake_case and 2*3*4 stay as typed.
const INLINE = [
  { pattern: /`([^`\n]+)`/, tag: "code", literal: true },
  { pattern: /<([^<>\n]+)>/, angle: true },
  { pattern: /(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/u, tag: "strong" },
  { pattern: /(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}_])/u, tag: "em" },
  { pattern: /(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}~])/u, tag: "s" },
];

/** Draws a mrkdwn text as a list of nodes. */
export function drawMrkdwn(text, directory) {
  return text.split(/```\n?([\s\S]*?)\n?```/).flatMap((part, index) => {
    if (index % 2 === 1) return [make("pre", { class: "preformatted" }, unescaped(part))];
    return drawLines(part, directory);
  });
}

function drawLines(text, directory) {
  const nodes = [];
  let quote = null;
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      quote ??= nodes[nodes.push(make("blockquote", { class: "quote" })) - 1];
      if (quote.hasChildNodes()) quote.append(make("br"));
      quote.append(...drawInline(quoted[1], directory));
      return;
    }
    const afterQuote = quote !== null;
    quote = null;
    if (index > 0 && !afterQuote) nodes.push(make("br"));
    nodes.push(...drawInline(line, directory));
  });
  return nodes;
}

function drawInline(text, directory) {
  const nodes = [];
  let rest = text;
  let found = earliest(rest);
  while (found) {
    const { rule, match } = found;
    const before = rest.slice(0, match.index);
    if (before) nodes.push(words(before));
    nodes.push(rule.angle ? drawAngle(match[1], directory) : drawStyled(rule, match[1], directory));
    rest = rest.slice(match.index + match[0].length);
    found = earliest(rest);
  }
  if (rest) nodes.push(words(rest));
  return nodes;
}

function earliest(text) {
  let best = null;
  for (const rule of INLINE) {
    const match = rule.pattern.exec(text);
    if (match && (best === null || match.index < best.match.index)) best = { rule, match };
  }
  return best;
}

function drawStyled(rule, inner, directory) {
  return make(rule.tag, {}, rule.literal ? unescaped(inner) : drawInline(inner, directory));
}

function drawAngle(inner, directory) {
  const [target, label] = inner.split(/\|(.*)/s);
  if (target.startsWith("@")) return drawPerson(target.slice(1), directory);
  if (target.startsWith("#")) return drawChannel(target.slice(1), directory);
  if (target.startsWith("!date^")) return words(label ?? "");
  if (target.startsWith("!")) return make("span", { class: "mention" }, `@${label ?? target.slice(1)}`);
  return drawLink(unescaped(target), label ? drawInline(label, directory) : [unescaped(target.replace(/^mailto:|^tel:/, ""))]);
}

function words(text) {
  return document.createTextNode(withEmoji(unescaped(text)));
}

function unescaped(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
