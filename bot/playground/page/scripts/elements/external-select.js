/** external_select: type-ahead; the app answers what was typed with up to a hundred options. */

import { plain } from "../text/plain.js";
import { Combobox } from "../widgets/combobox.js";
import { choiceOf, groupsOf } from "./option-groups.js";

const DEFAULT_MIN_QUERY_LENGTH = 3; // Slack's default

export function drawExternalSelect(field) {
  const { element, surface, block } = field;
  const find = async (query, signal) => {
    const answer = await surface.suggest(block.block_id, element.action_id, query, signal);
    if (!answer.ok) throw new Error(answer.message ?? "");
    return groupsOf(answer).filter(({ choices }) => choices.length > 0);
  };
  const combobox = new Combobox({
    id: field.id,
    naming: field.naming("Search"),
    placeholder: plain(element.placeholder) || "Search",
    selected: field.value ? choiceOf(field.value) : null,
    clearable: field.optional,
    source: { find, remote: true, minLength: element.min_query_length ?? DEFAULT_MIN_QUERY_LENGTH },
    onChoose: (choice) => field.choose(choice?.option ?? null),
  });
  return { node: combobox.node, control: combobox.control };
}
