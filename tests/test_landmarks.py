"""Stretches known in two texts say where another must stand, and are not believed where they contradict each other."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.landmarks import Landmark, Landmarks

KNOWN = [Landmark((0, 100), (0, 100)), Landmark((300, 400), (200, 300))]  # a hundred letters were put in between


def test_a_place_agrees_with_the_side_from_which_it_is_as_far_as_it_was():
    landmarks = Landmarks(KNOWN)
    assert landmarks.sides(Landmark((102, 150), (102, 150))) == (True, False)
    assert landmarks.sides(Landmark((202, 250), (102, 150))) == (False, True)
    assert landmarks.sides(Landmark((405, 420), (305, 320))) == (True, None)
    assert Landmarks([]).sides(Landmark((5, 9), (50, 59))) == (None, None)


def test_the_ends_of_a_text_can_only_say_yes():
    landmarks = Landmarks([], (90, 120))
    assert landmarks.sides(Landmark((10, 20), (10, 20))) == (True, None)
    assert landmarks.sides(Landmark((100, 110), (70, 80))) == (None, True)


def test_letters_that_stood_elsewhere_are_claimed():
    landmarks = Landmarks(KNOWN)
    assert landmarks.claim(Landmark((310, 350), (110, 150)))
    assert not landmarks.claim(Landmark((310, 350), (210, 250)))
    assert not landmarks.claim(Landmark((110, 150), (210, 250)))


def test_two_that_claim_the_same_letters_are_not_believed():
    landmarks = Landmarks([*KNOWN, Landmark((310, 390), (600, 680))])
    assert landmarks.sides(Landmark((202, 250), (102, 150))) == (False, None)


def test_what_may_be_gone_is_known_by_the_room_between_its_neighbours():
    then = [Landmark((0, 100), (0, 100)), Landmark((140, 200), (180, 240))]
    place = Landmark((100, 140), (100, 140))
    assert Landmarks(then).lost(place)  # forty of eighty letters are gone
    assert not Landmarks(KNOWN).lost(Landmark((102, 150), (102, 150)))
    assert Landmarks([Landmark((500, 600), (0, 100)), then[1]]).lost(place)  # the neighbours changed places
    assert not Landmarks(then[:1]).lost(place)


def test_a_place_is_expected_as_far_from_its_neighbours_as_it_was():
    assert Landmarks(KNOWN).expected((110, 190)) == (110, 290)
    assert Landmarks(KNOWN).expected((20, 60)) == (20, 60)
    assert Landmarks(KNOWN[:1]).expected((110, 190)) is None


SPANS = st.tuples(st.integers(0, 500), st.integers(1, 60)).map(lambda span: (span[0], sum(span)))


@given(st.lists(SPANS), SPANS, st.randoms())
def test_in_an_unchanged_text_every_place_agrees_whatever_the_order_of_what_is_known(spans, place, chance):
    known = [Landmark(span, span) for span in spans]
    mixed = chance.sample(known, len(known))
    stays = Landmark(place, place)
    for landmarks in (Landmarks(known), Landmarks(mixed)):
        assert False not in landmarks.sides(stays) and not landmarks.claim(stays) and not landmarks.lost(stays)
        assert landmarks.expected(place) in (None, place)
