"""The one catalogue of what people read; views take every sentence from here, by key."""

from bot.views.sentences.english import SENTENCES


def say(key: str, **values: str | int) -> str:
    """Return the sentence of a key with the values in it.

    Raises:
        KeyError: when there is no such sentence, or it needs a value that is not given.
    """
    sentence = SENTENCES[key]
    for name, value in values.items():
        if isinstance(value, str) and value.endswith("."):
            # Initials, or "Jr.": one stop at the end is enough.
            sentence = sentence.replace(f"{{{name}}}.", f"{{{name}}}")
    return sentence.format(**values)
