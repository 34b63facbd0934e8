"""Word lists written as prose: one string, words parted by blanks."""


def word_list(words: str) -> list[str]:
    """The words in their order: "one two" gives ["one", "two"]."""
    return words.split()


CALENDAR = frozenset(
    word_list(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
        "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed "
        "thu fri sat sun"
    )
)
