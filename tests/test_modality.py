"""Modality, one construction a test, on sentences parsed by hand."""

from __future__ import annotations

from kg.annotate.english import load_english
from kg.config import Config
from kg.extract.modality import modality
from tests.docs import parsed, word

_ENGLISH = load_english(Config.default().ontology)


def _read(trigger: str, rows: str, question: bool = False) -> str:
    return modality(word(parsed(rows), trigger), _ENGLISH, question)


def test_a_plain_past_is_asserted() -> None:
    assert _read("banned", "Chad NNP nsubj 1\nbanned VBD ROOT 1 ban\nexports NNS dobj 1 export") == "Asserted"


def test_will_is_a_plan() -> None:
    assert _read("ban", "Chad NNP nsubj 2\nwill MD aux 2\nban VB ROOT 2\nexports NNS dobj 2 export") == "Planned"


def test_may_is_a_possibility() -> None:
    assert _read("ban", "Chad NNP nsubj 2\nmay MD aux 2\nban VB ROOT 2\nexports NNS dobj 2 export") == "Possible"


def test_not_denies() -> None:
    rows = "Chad NNP nsubj 3\ndid AUX:VBD aux 3 do\nnot RB neg 3\nban VB ROOT 3\nexports NNS dobj 3 export"
    assert _read("ban", rows) == "Negated"


def test_no_longer_denies() -> None:
    rows = "Chad NNP nsubj 3\nno RB neg 2\nlonger RB advmod 3 long\nbans VBZ ROOT 3 ban\nexports NNS dobj 3 export"
    assert _read("bans", rows) == "Negated"


def test_has_yet_to_denies() -> None:
    rows = "Chad NNP nsubj 1\nhas VBZ ROOT 1 have\nyet RB advmod 1\nto TO aux 4\nban VB xcomp 1\ntin NN dobj 4"
    assert _read("ban", rows) == "Negated"


def test_no_plans_to_denies() -> None:
    rows = "Chad NNP nsubj 1\nhas VBZ ROOT 1 have\nno DT det 3\nplans NNS dobj 1 plan\nto TO aux 5\nban VB acl 3"
    assert _read("ban", rows) == "Negated"


def test_a_plan_to_is_a_plan() -> None:
    rows = "Chad NNP nsubj 1\nhas VBZ ROOT 1 have\na DT det 3\nplan NN dobj 1\nto TO aux 5\nban VB acl 3"
    assert _read("ban", rows) == "Planned"


def test_the_infinitive_of_a_headline_is_a_plan() -> None:
    assert _read("curb", "Chad NNP nsubj 2\nto TO aux 2\ncurb VB ROOT 2\nexports NNS dobj 2 export") == "Planned"


def test_a_failure_to_denies() -> None:
    rows = "Chad NNP nsubj 1\nfailed VBD ROOT 1 fail\nto TO aux 3\nsign VB xcomp 1\na DT det 5\npact NN dobj 3"
    assert _read("sign", rows) == "Negated"


def test_two_denials_make_a_statement() -> None:
    rows = """
    Chad NNP nsubj 3
    did AUX:VBD aux 3 do
    not RB neg 3
    fail VB ROOT 3
    to TO aux 5
    sign VB xcomp 3
    a DT det 7
    pact NN dobj 5
    """
    assert _read("sign", rows) == "Asserted"


def test_a_lifted_ban_is_denied() -> None:
    assert _read("ban", "Chad NNP nsubj 1\nlifted VBD ROOT 1 lift\na DT det 3\nban NN dobj 1") == "Negated"


def test_a_ban_that_will_end_is_in_force() -> None:
    rows = "Chad NNP nsubj 2\nwill MD aux 2\nend VB ROOT 2\nits PRP$ poss 4\nban NN dobj 2"
    assert _read("ban", rows) == "Asserted"


def test_restrictions_that_will_go_and_were_not_named_are_denied() -> None:
    rows = "Chad NNP nsubj 2\nwill MD aux 2\nremove VB ROOT 2\nrestrictions NNS dobj 2 restriction"
    assert _read("restrictions", rows) == "Negated"


def test_an_eased_restriction_is_there() -> None:
    rows = "Chad NNP nsubj 1\neased VBD ROOT 1 ease\nits PRP$ poss 3\nrestrictions NNS dobj 1 restriction"
    assert _read("restrictions", rows) == "Asserted"


def test_a_pact_ruled_out_is_denied() -> None:
    rows = "Chad NNP nsubj 1\nruled VBD ROOT 1 rule\nout RP prt 1\na DT det 4\npact NN dobj 1"
    assert _read("pact", rows) == "Negated"


def test_a_pact_not_ruled_out_is_possible() -> None:
    rows = """
    Chad NNP nsubj 3
    did AUX:VBD aux 3 do
    not RB neg 3
    rule VB ROOT 3
    out RP prt 3
    a DT det 6
    pact NN dobj 3
    """
    assert _read("pact", rows) == "Possible"


def test_what_happens_under_a_deal_says_nothing_on_the_deal() -> None:
    rows = """
    Under IN prep 5
    a DT det 2
    deal NN pobj 0
    Chad NNP nsubj 5
    will MD aux 5
    deliver VB ROOT 5
    tin NN dobj 5
    """
    assert _read("deal", rows) == "Asserted"
    assert _read("deliver", rows) == "Planned"


def test_instead_of_denies() -> None:
    rows = "Chad NNP nsubj 1\ntaxed VBD ROOT 1 tax\ninstead RB advmod 3\nof IN prep 1\nbanning VBG pcomp 3 ban"
    assert _read("banning", rows) == "Negated"


def test_stopping_short_denies() -> None:
    rows = "Chad NNP nsubj 1\nstopped VBD ROOT 1 stop\nshort RB advmod 1\nof IN prep 2\nbanning VBG pcomp 3 ban"
    assert _read("banning", rows) == "Negated"


def test_a_call_for_a_pact_is_a_plan() -> None:
    rows = "Chad NNP nsubj 1\ncalled VBD ROOT 1 call\nfor IN prep 1\na DT det 4\npact NN pobj 2"
    assert _read("pact", rows) == "Planned"


def test_being_close_to_signing_is_a_plan() -> None:
    rows = "Chad NNP nsubj 1\nis AUX:VBZ ROOT 1 be\nclose JJ acomp 1\nto IN prep 2\nsigning VBG pcomp 3 sign"
    assert _read("signing", rows) == "Planned"


def test_a_condition_without_if_leaves_it_open() -> None:
    rows = "Had AUX:VBD aux 2 have\nChad NNP nsubj 2\nbanned VBN advcl 6 ban\ntin NN dobj 2\nPeru NNP nsubj 6\nhad AUX:VBD aux 6 have\nlost VBN ROOT 6 lose"
    assert _read("banned", rows) == "Possible"


def test_a_had_after_its_subject_is_no_condition() -> None:
    rows = "Chad NNP nsubj 2\nhad AUX:VBD aux 2 have\nbanned VBN advcl 4 ban\nPeru NNP nsubj 4\nlost VBD ROOT 4 lose"
    assert _read("banned", rows) == "Asserted"


def test_a_question_leaves_it_open() -> None:
    rows = "Will MD aux 2\nChad NNP nsubj 2\nban VB ROOT 2\ntin NN dobj 2"
    assert _read("ban", rows, question=True) == "Possible"


def test_an_adjective_can_make_a_plan() -> None:
    rows = "A DT det 2\nplanned JJ amod 2\npact NN nsubj 3\nworries VBZ ROOT 3 worry\nChad NNP dobj 3"
    assert _read("pact", rows) == "Planned"


def test_without_denies() -> None:
    rows = "Without IN prep 3\na DT det 2\npact NN pobj 0\nsells VBZ ROOT 3 sell\nChad NNP nsubj 3"
    assert _read("pact", rows) == "Negated"
