"""Word lists written as prose: one string, words parted by blanks."""


def word_list(words: str) -> list[str]:
    """The words in their order: "one two" gives ["one", "two"]."""
    return words.split()
