"""The facet engine: what matches, what is counted, where the links lead."""

from django.http import QueryDict

import pytest

from hub.filters import FacetedList, FacetSpec, NumberSpec
from hub.pagination import nearest_page, paginate

PHASE = FacetSpec(
    "phase", "Phase", {"ideate": "Ideen", "decide": "Entscheiden", "never": "Nie"}
)
FORM = FacetSpec("form", "Format", {"in_person": "vor Ort", "online": "online"})
LEAD = FacetSpec("vorlauf", "Vorlauf", {"3": "3 Wochen", "6": "6 Wochen"}, single=True)

ROWS = {
    1: {"phase": ["ideate"], "form": ["in_person"], "vorlauf": ["3", "6"]},
    2: {"phase": ["ideate", "decide"], "form": ["online"], "vorlauf": ["6"]},
    3: {"phase": ["decide"], "form": ["in_person", "online"]},
    4: {"phase": []},
}


def faceted(query="", **kwargs):
    return FacetedList(ROWS, [PHASE, FORM, LEAD], QueryDict(query), **kwargs)


def counts(listing, name):
    return {option.code: option.count for option in listing.facet(name).options}


def test_without_choice_everything_matches_and_is_counted():
    listing = faceted()
    assert listing.matching == {1, 2, 3, 4}
    assert not listing.is_filtered
    assert counts(listing, "phase") == {"ideate": 2, "decide": 2}


def test_or_within_a_facet_and_across():
    assert faceted("phase=ideate&phase=decide").matching == {1, 2, 3}
    assert faceted("phase=ideate&form=online").matching == {2}
    assert faceted("phase=ideate&phase=decide&form=in_person").matching == {1, 3}


def test_counts_of_a_facet_ignore_its_own_choice_but_not_the_others():
    assert counts(faceted("phase=decide"), "phase") == {"ideate": 2, "decide": 2}
    listing = faceted("phase=decide&form=online")
    assert listing.matching == {2, 3}
    assert counts(listing, "phase") == {"ideate": 1, "decide": 2}
    assert counts(listing, "form") == {"in_person": 1, "online": 2}


def test_unknown_names_and_values_are_ignored():
    listing = faceted("phase=ideate&phase=%27;DROP&x=1&form=%00&vorlauf=9")
    assert listing.matching == {1, 2}
    assert listing.query_without_page == "phase=ideate"


def test_option_without_any_row_is_not_offered_unless_chosen():
    assert "never" not in counts(faceted(), "phase")
    listing = faceted("phase=never")
    assert counts(listing, "phase")["never"] == 0
    assert listing.matching == set()


def test_toggle_adds_removes_and_forgets_the_page():
    listing = faceted("phase=ideate&seite=7&reihung=name")
    options = {option.code: option for option in listing.facet("phase").options}
    assert options["decide"].url_toggle == "?phase=ideate&phase=decide&reihung=name"
    assert options["ideate"].url_toggle == "?reihung=name"
    assert options["ideate"].selected


def test_single_facet_takes_one_value_and_replaces_it():
    listing = faceted("vorlauf=6&vorlauf=3")
    assert listing.selected("vorlauf") == ["6"]
    options = {option.code: option for option in listing.facet("vorlauf").options}
    assert options["3"].url_toggle == "?vorlauf=3"


def test_chips_name_the_facet_and_remove_one_choice():
    listing = faceted("phase=ideate&form=online")
    assert [(chip.facet, chip.label, chip.url_remove) for chip in listing.chips] == [
        ("Phase", "Ideen", "?form=online"),
        ("Format", "online", "?phase=ideate"),
    ]
    assert listing.active == 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("40", {1, 2}),
        ("5", {2}),
        ("abc", {1, 2, 3, 4}),
        ("-1", {1, 2, 3, 4}),
        ("9" * 5000, {1, 2, 3, 4}),
        ("٣", {1, 2, 3, 4}),
    ],
)
def test_number_fits_between_bounds(typed, expected):
    sizes = NumberSpec(
        "gruppe", "Personen", {1: (20, 40), 2: (None, 100), 3: (50, None)}
    )
    listing = faceted("gruppe=" + typed, numbers=[sizes])
    assert listing.matching == expected


def test_typed_number_is_a_chip_and_stays_in_the_field():
    sizes = NumberSpec("gruppe", "Personen", {1: (20, 40)})
    listing = faceted("gruppe=30&phase=ideate", numbers=[sizes])
    assert listing.number_fields[0].value == "30"
    assert listing.chips[-1].url_remove == "?phase=ideate"


def test_fold_keeps_a_chosen_option_in_sight():
    labels = {str(number): str(number) for number in range(8)}
    rows = {number: {"n": [str(number)]} for number in range(8)}
    spec = FacetSpec("n", "N", labels, fold_after=3)
    view = FacetedList(rows, [spec], QueryDict("n=6")).facet("n")
    assert [option.code for option in view.first] == ["0", "1", "2", "6"]
    assert [option.code for option in view.rest] == ["3", "4", "5", "7"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, 1), ("2", 2), ("0", 1), ("-3", 1), ("99", 3), ("x", 1), ("9" * 9999, 3)],
)
def test_page_out_of_range_is_the_nearest(text, expected):
    assert nearest_page(text, 3) == expected


def test_pager_links_keep_the_state():
    page = paginate(list(range(45)), QueryDict("seite=2"), 20, "phase=ideate")
    assert list(page.items) == list(range(20, 40))
    assert page.url_previous == "?phase=ideate"
    assert page.url_next == "?phase=ideate&seite=3"
    assert [link.number for link in page.links] == [1, 2, 3]


def test_one_page_needs_no_pager():
    assert paginate([1, 2], QueryDict(), 20).links == []
