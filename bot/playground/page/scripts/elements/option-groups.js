/** Options and option groups of a select, brought to one shape: `[{label, options:[choice]}]`. */

import { plain } from "../text/plain.js";

/** One line of a list: its words, the smaller words under them, and the option it stands for. */
export function choiceOf(option) {
  return { key: option.value, words: plain(option.text), description: plain(option.description), option };
}

export function groupsOf({ options, option_groups: groups }) {
  if (groups) return groups.map((group) => ({ label: plain(group.label), choices: group.options.map(choiceOf) }));
  return [{ label: "", choices: (options ?? []).map(choiceOf) }];
}

/** Lower case and without accents, so that "lopez" finds "López". */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Only the choices whose words hold every word of the query. */
export function matching(groups, query) {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  return groups
    .map(({ label, choices }) => ({ label, choices: choices.filter(({ words }) => wanted.every((word) => folded(words).includes(word))) }))
    .filter(({ choices }) => choices.length > 0);
}
