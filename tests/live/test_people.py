"""Two people of one name are told apart wherever one of them is chosen: at the passed laptop, and in the list of who has finished."""

from pmworkshop.core.people import Person
from pmworkshop.live.views.activity import people_rows
from tests.live.test_teams import Play


def test_two_of_one_name_in_the_list() -> None:
    """Whoever takes the passed laptop finds their own name, so that nothing lands in somebody else's pack."""
    play = Play(
        Person(name="Chris Lee", organisation="HR"), Person(name="Chris Lee", organisation="Estates"), "Ann"
    )
    assert [row.name for row in people_rows(play.state, "amo")] == [
        "Ann",
        "Chris Lee (HR)",
        "Chris Lee (Estates)",
    ]
